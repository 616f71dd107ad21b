import type { Operation } from '../../api/http/contract.ts';
import { themeExample } from '../../api/themes/shapes.ts';
import { experienceCycleId, latePapersThemeId, quietPlaceLoopRecordId } from '../../dev/demo.ts';
import { demoPriority } from '../../dev/demo-themes.ts';
import { asJson } from './html.ts';

/** A call to copy, and what has to be in shell variables before. */
export interface Curl {
  command: string;
  /** By name of the variable. */
  variables: Record<string, string>;
}

const variables = {
  TOKEN: 'an access token of a client with the scope',
  CYCLE: 'the id of a cycle that you set up yourself, from the reply to createCycle',
  RECORD: 'the id of a loop record that you wrote yourself, from the reply to createLoopRecord',
  PRIORITY: 'the id of priorities that you wrote down yourself, from the reply to createPriority',
  CLIENT: 'the id of a client that you registered yourself, from the reply to registerApiClient',
  WEBHOOK:
    'the id of a webhook endpoint that you registered yourself, from the reply to createWebhookEndpoint',
  STAFF_MEMBER:
    'the id of somebody who has signed in to the console, from the reply to listStaffMembers',
  TEXT: 'the id of a text, from the reply to listModerationTexts',
  PROPOSAL: 'the id of a proposed release, from the reply to proposeRelease',
  THEME:
    'the id of a theme that you wrote yourself, from the reply to createTheme (priorities rank only published ones)',
  ASSERTION: 'a signed JWT: see how to sign one, above',
  STATUS_API_KEY: 'the key of the monitoring endpoint, as the operator set it',
};

/** Reads work on the demonstration; what changes something works on the reader's own. */
function pathValues({ access, id, tag }: Operation): Record<string, string> {
  const isOwn = access.kind === 'scope' && tag !== 'submissions';
  return {
    cycleId: isOwn ? '$CYCLE' : experienceCycleId,
    loopRecordId: isOwn ? '$RECORD' : quietPlaceLoopRecordId,
    priorityId: isOwn ? '$PRIORITY' : demoPriority.id,
    clientId: id === 'getApiClient' ? 'demo-trust' : '$CLIENT',
    standardSetId: isOwn ? 'good-ward-round' : 'fft',
    version: '1',
    textId: '$TEXT',
    proposalId: '$PROPOSAL',
    themeId: isOwn ? '$THEME' : latePapersThemeId,
    webhookEndpointId: '$WEBHOOK',
    staffMemberId: '$STAFF_MEMBER',
    odsCode: 'RHA',
  };
}

const exampleCycleId = '6f1f3c5e-0b8a-4c57-9a55-1d1c2a5f7e10';

/** A call that works against a fresh local stack (`npm start`), with the first example of the body. */
export function curlOf(declared: Operation): Curl {
  const values = pathValues(declared);
  const path = declared.path.replaceAll(/\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${declared.id}: no example for ${name}.`);
    return value;
  });
  const options = [
    ...methodOptions(declared),
    ...headerOptions(declared),
    ...bodyOptions(declared),
  ];
  const command = [`curl --silent --show-error "$BASE${path}"`, ...options].join(' \\\n  ');
  return {
    command,
    variables: Object.fromEntries(
      Object.entries(variables).filter(([name]) => command.includes(`$${name}`)),
    ),
  };
}

function methodOptions({ method, body, replies }: Operation): string[] {
  const isImplied = method === 'get' || (method === 'post' && body !== undefined);
  const showsHeaders = Object.values(replies).some(
    ({ headers, schema }) => headers?.ETag || schema === undefined,
  );
  return [
    ...(showsHeaders ? ['--include'] : []),
    ...(isImplied ? [] : [`--request ${method.toUpperCase()}`]),
  ];
}

function headerOptions({ access, headers, ifMatch }: Operation): string[] {
  return [
    ...(access.kind === 'scope' ? ['--header "Authorization: Bearer $TOKEN"'] : []),
    ...(access.kind === 'status-key' ? ['--header "apikey: $STATUS_API_KEY"'] : []),
    ...(headers?.['idempotency-key']
      ? ['--header "Idempotency-Key: $(node -p \'crypto.randomUUID()\')"']
      : []),
    ...(ifMatch === 'required' ? [`--header 'If-Match: W/"1"'`] : []),
  ];
}

function bodyOptions({ body }: Operation): string[] {
  const value = Object.values(body?.examples ?? {})[0]?.value;
  if (body?.mediaType === 'application/x-www-form-urlencoded')
    return Object.entries(value as Record<string, string>).map(([name, text]) =>
      name === 'client_assertion'
        ? `--data-urlencode ${name}="$ASSERTION"`
        : `--data-urlencode ${name}=${text}`,
    );
  if (value === undefined) return [];
  const json = asJson(value).replaceAll(exampleCycleId, experienceCycleId);
  return ['--header "Content-Type: application/json"', `--data ${withShellValues(quoted(json))}`];
}

/** Puts what only the reader's shell knows into a quoted body: their own theme, and a day that is not to come. */
function withShellValues(body: string): string {
  return body
    .replaceAll(themeExample.id, () => `'"$THEME"'`)
    .replace(/(?<="decidedOn": ")[^"]+/, () => `'"$(date -u +%F)"'`);
}

/** A text as one word of a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
