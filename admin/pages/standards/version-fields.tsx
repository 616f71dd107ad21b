import type * as z from 'zod';
import type { NewStandardSetVersion } from '../../../api/standard-sets/contract.ts';
import { codeOf } from '../../code-of.ts';
import { Button } from '../../components/Button.tsx';
import { Fieldset } from '../../components/Fieldset.tsx';
import { Input } from '../../components/Input.tsx';
import { Textarea } from '../../components/Textarea.tsx';
import { Fields } from '../../fields.ts';
import type { FormError, FormErrors } from '../../form-errors.ts';
import type { Version } from './version-words.tsx';

type Content = z.input<typeof NewStandardSetVersion>;

/** What the fields are called in errors. */
export const versionLabels: Readonly<Record<string, string>> = {
  title: 'Name of the set',
  'standards.*.title': 'Short name',
  'standards.*.statement': 'Statement',
  standards: 'Standards',
  'scale.min': 'First number',
  'scale.labels': 'Labels',
  scale: 'Labels',
  coProducedBy: 'Written together by',
  dissent: 'Where you did not agree',
  changes: 'What changed',
  source: 'Source',
  licence: 'Licence',
  attribution: 'Attribution',
};

/** Members of a standard in the form: its code comes along, so that it stays the same in the next version. */
const standardMembers = ['code', 'title', 'statement'] as const;

/** A version in the fields of the form. */
export function fieldsOfVersion(version: Pick<Version, keyof Content>): Fields {
  return Fields.of({
    ...Object.fromEntries(
      version.standards.flatMap((standard, index) =>
        standardMembers.map((member) => [`standards.${index}.${member}`, standard[member]]),
      ),
    ),
    title: version.title,
    'scale.min': version.scale.min,
    'scale.labels': version.scale.labels.join('\n'),
    coProducedBy: version.coProducedBy.join('\n'),
    dissent: version.dissent.join('\n'),
    changes: version.changes,
    source: version.source,
    licence: version.licence,
    attribution: version.attribution,
  });
}

/** Everything that a version says. */
export function VersionFields({ fields, errors }: { fields: Fields; errors: FormErrors }) {
  const lines = (name: string, label: string, hint: string, rows = 4) => (
    <Textarea
      label={label}
      hint={hint}
      name={name}
      rows={rows}
      value={fields.raw(name)}
      errorMessage={errors.of(name)}
    />
  );
  const line = (name: string, label: string, hint?: string) => (
    <Input
      label={label}
      hint={hint}
      name={name}
      value={fields.raw(name)}
      errorMessage={errors.of(name)}
    />
  );
  const standards = fields.items('standards');
  return (
    <>
      {line('title', 'Name of the set')}
      <h2 class="nhsuk-heading-m">Standards</h2>
      <p>
        One statement of what good looks like each, in plain words. A standard that means the same
        as in the version before keeps its code, so that its results can be compared.
      </p>
      {standards.map((standard, index) => (
        <Fieldset legend={{ text: `Standard ${index + 1}`, size: 's' }}>
          <input type="hidden" name={`standards.${index}.code`} value={standard.raw('code')} />
          {line(`standards.${index}.title`, 'Short name')}
          {lines(`standards.${index}.statement`, 'Statement', 'What people would agree with', 3)}
          {standards.length > 1 && (
            <Button variant="secondary" small name="action" value={`remove-${index}`}>
              Remove<span class="nhsuk-u-visually-hidden"> standard {index + 1}</span>
            </Button>
          )}
        </Fieldset>
      ))}
      <Button variant="secondary" name="action" value="add">
        Add a standard
      </Button>
      <h2 class="nhsuk-heading-m">What people can answer</h2>
      <Input
        label="First number"
        hint="0 or 1"
        name="scale.min"
        width={2}
        inputmode="numeric"
        value={fields.raw('scale.min')}
        errorMessage={errors.of('scale.min')}
      />
      {lines('scale.labels', 'Labels', 'One on each line, from the least to the most', 6)}
      <h2 class="nhsuk-heading-m">How it came about</h2>
      {lines(
        'coProducedBy',
        'Written together by',
        'One group on each line, by their role: never by name',
      )}
      {lines(
        'dissent',
        'Where you did not agree',
        'One disagreement on each line. Difference is a result, and is published too.',
      )}
      {lines('changes', 'What changed', 'Against the version before; leave it empty for the first')}
      {line('source', 'Source', 'Where the wording comes from')}
      {line('licence', 'Licence')}
      {line('attribution', 'Attribution', 'How the source wants to be named')}
    </>
  );
}

/** The form as a button of it asks for: with one standard more, or one less; null where none does. */
export function rearranged(fields: Fields): Fields | null {
  const action = fields.raw('action');
  if (action === 'add') return fields.withItem('standards', standardMembers);
  const index = /^remove-(\d{1,3})$/.exec(action)?.[1];
  return index === undefined ? null : fields.withoutItem('standards', Number(index));
}

/** What the form says, as the API takes it, or what is missing. */
export function contentOf(fields: Fields): Content | readonly FormError[] {
  const errors: FormError[] = [];
  if (fields.text('title') === '')
    errors.push({ field: 'title', text: 'Enter a name for the set' });
  const items = fields.items('standards');
  for (const [index, item] of items.entries()) {
    if (item.text('title') === '')
      errors.push({
        field: `standards.${index}.title`,
        text: `Enter a short name for standard ${index + 1}`,
      });
    if (item.text('statement') === '')
      errors.push({
        field: `standards.${index}.statement`,
        text: `Enter the statement of standard ${index + 1}`,
      });
  }
  const min = fields.wholeNumber('scale.min');
  if (min === null)
    errors.push({ field: 'scale.min', text: 'Enter the first number as a digit: 0 or 1' });
  const labels = linesOf(fields, 'scale.labels');
  if (labels.length < 2)
    errors.push({ field: 'scale.labels', text: 'Enter at least two labels, one on each line' });
  if (errors.length > 0 || min === null) return errors;
  const taken = new Set(items.map((item) => item.text('code')));
  return {
    title: fields.text('title'),
    standards: items.map((item) => ({
      code: item.text('code') || codeOf(item.text('title'), taken, 'standard'),
      title: item.text('title'),
      statement: item.text('statement'),
    })),
    scale: { min, max: min + labels.length - 1, labels },
    coProducedBy: linesOf(fields, 'coProducedBy'),
    dissent: linesOf(fields, 'dissent'),
    changes: fields.textOrNull('changes'),
    source: fields.textOrNull('source'),
    licence: fields.textOrNull('licence'),
    attribution: fields.textOrNull('attribution'),
  };
}

function linesOf(fields: Fields, name: string): string[] {
  return fields
    .raw(name)
    .split('\n')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** An error in one line of a list is shown at the list. */
export function fieldOfVersion(place: string): string {
  return place.replace(/^(coProducedBy|dissent|scale\.labels)\.\d+$/, '$1');
}
