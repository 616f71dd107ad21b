import type * as z from 'zod';
import { checkKeySet, type KeySetCheck } from '../../../api/key-set-checks/contract.ts';
import type { ApiClient } from '../../api-client.ts';
import { Input } from '../../components/Input.tsx';
import { InsetText } from '../../components/InsetText.tsx';
import { Radios } from '../../components/Radios.tsx';
import { Textarea } from '../../components/Textarea.tsx';
import type { Fields } from '../../fields.ts';
import type { FormError, FormErrors } from '../../form-errors.ts';

/** What the fields of the keys are called in errors. */
export const keyLabels = { jwks: 'Key set', jwksUrl: 'Address of the key set' } as const;

/** Name and value of the button that tests keys without saving anything. */
export const TEST_KEYS = 'test-keys';

/** Where what was found is kept until the page is shown again; no field is called so. */
const FOUND = 'found';

/** Where a system has its keys: at an address of its own, or in a document that is handed in. */
export function KeyFields({ fields, errors }: { fields: Fields; errors: FormErrors }) {
  const found = fields.all(FOUND);
  return (
    <>
      <Radios
        legend={{ text: 'Its keys', size: 'm' }}
        hint="The public half only. Never paste a private key anywhere."
        name="keys"
        value={fields.raw('keys')}
        errorMessage={errors.of('keys')}
        items={[
          {
            value: 'jwksUrl',
            text: 'It publishes its key set at an address',
            conditional: (
              <Input
                label="Address of the key set"
                hint="Begins with https://. It is read again after an hour, so keys can be changed there."
                name="jwksUrl"
                type="url"
                value={fields.raw('jwksUrl')}
                errorMessage={errors.of('jwksUrl')}
              />
            ),
          },
          {
            value: 'jwks',
            text: 'I have its key set as JSON',
            conditional: (
              <Textarea
                label="Key set"
                hint="A JWKS document (RFC 7517) with RSA public keys of at least 2048 bits"
                name="jwks"
                rows={8}
                spellcheck={false}
                value={fields.raw('jwks')}
                errorMessage={errors.of('jwks')}
              />
            ),
          },
        ]}
      />
      {found.length > 0 && (
        <InsetText>
          <h2 class="nhsuk-heading-s">What the test of the keys found</h2>
          <ul>
            {found.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </InsetText>
      )}
    </>
  );
}

/** The keys from one place, as the API takes them, or what is missing. */
export function keysOf(fields: Fields): FormError | { jwksUrl: string } | { jwks: never } {
  if (fields.raw('keys') !== 'jwks') {
    const jwksUrl = fields.text('jwksUrl');
    if (jwksUrl === '') return { field: 'jwksUrl', text: 'Enter the address of the key set' };
    return { jwksUrl };
  }
  try {
    return { jwks: JSON.parse(fields.text('jwks')) as never };
  } catch {
    return { field: 'jwks', text: 'Enter the key set as JSON: it begins with { and ends with }' };
  }
}

/** Tests the keys of a form, and shows it again with what was found. Nothing is kept. */
export async function withKeysTested(
  api: ApiClient,
  fields: Fields,
): Promise<Fields | readonly FormError[]> {
  const keys = keysOf(fields);
  if ('field' in keys) return [keys];
  const { body } = await api.call(checkKeySet, { body: keys });
  return fields.with({ [FOUND]: linesOf(body) });
}

function linesOf({ usable, problem, keys }: z.output<typeof KeySetCheck>): string[] {
  const all = usable
    ? 'The system can sign in with these keys.'
    : 'The system cannot sign in with these keys yet.';
  const each = keys.map(
    (key) =>
      `Key ${key.kid ?? 'without an id'}${key.bits === null ? '' : ` (${key.bits} bits)`}: ${key.problem ?? 'can be used'}`,
  );
  return [all, ...(problem === null ? [] : [problem]), ...each];
}
