import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { experienceCycleId } from '../../../dev/demo.ts';
import type { DemoClient, PrivateJwk } from '../../../dev/keys.ts';
import { signAssertion, tokenForm } from '../../support/assertion.ts';
import type { Service } from '../../support/service.ts';
import { type Sent, send } from './send.ts';

const millisecondsPerDay = 86_400_000;

/** A date-time so many days from now, as the contract writes one. */
export function dateTimeIn(days: number): string {
  return new Date(Date.now() + days * millisecondsPerDay).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** A date so many days from today (UTC). */
export function dateIn(days: number): string {
  return new Date(Date.now() + days * millisecondsPerDay).toISOString().slice(0, 10);
}

/** A cycle as staff set it up: the Friends and Family Test of one trust, open to both channels. */
export function newCycle(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    title: 'How was your experience?',
    organisations: ['RHA'],
    standardSet: { id: 'fft', version: 1 },
    perspectives: ['service_user', 'carer'],
    questions: [
      { code: 'what-good', prompt: 'What was good?', polarity: 'what_good' },
      { code: 'could-improve', prompt: 'What could we do better?', polarity: 'could_improve' },
    ],
    services: [{ odsCode: 'RHA', code: 'adult-mental-health', name: 'Adult mental health' }],
    channels: ['trust', 'public'],
    opensAt: dateTimeIn(-1),
    closesAt: dateTimeIn(30),
    disclosurePolicy: { threshold: 10, roundTo: 5 },
    lookAgainOn: dateIn(60),
    ...changes,
  };
}

function expectStatus(sent: Sent, status: number): Sent {
  if (sent.status !== status)
    throw new Error(`expected ${status}, got ${sent.status}: ${sent.text}`);
  return sent;
}

/** Makes a draft through the API. @returns the cycle as the API shows it */
export async function createCycle(service: Service, changes: Record<string, unknown> = {}) {
  const made = await send(service, 'POST', '/v1/cycles', {
    as: 'demo-admin',
    body: newCycle(changes),
  });
  return expectStatus(made, 201).body;
}

/** Moves a cycle through the API. @returns the cycle as the API shows it */
export async function moveCycle(
  service: Service,
  cycleId: string,
  to: 'scheduled' | 'open' | 'closed',
) {
  const moved = await send(service, 'POST', `/v1/cycles/${cycleId}/transitions`, {
    as: 'demo-admin',
    body: { to },
  });
  return expectStatus(moved, 200).body;
}

/** Makes a cycle and opens it. @returns the cycle as the API shows it */
export async function openCycle(service: Service, changes: Record<string, unknown> = {}) {
  const { id } = await createCycle(service, changes);
  return moveCycle(service, id, 'open');
}

/** Makes a cycle, opens and closes it. @returns the cycle as the API shows it */
export async function closeCycle(service: Service, changes: Record<string, unknown> = {}) {
  const { id } = await openCycle(service, changes);
  return moveCycle(service, id, 'closed');
}

/** A loop record as staff write it. */
export function newLoopRecord(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    organisation: 'RHA',
    title: 'Somewhere quiet to sit',
    youSaid: { text: 'The waiting room is loud.' },
    weDid: { status: 'planned', text: 'There will be a quiet room.', dueOn: dateIn(30) },
    ...changes,
  };
}

/** Makes a draft of a loop record through the API. @returns it as the API shows it */
export async function createLoopRecord(service: Service, changes: Record<string, unknown> = {}) {
  const made = await send(service, 'POST', '/v1/loop-records', {
    as: 'demo-admin',
    body: newLoopRecord(changes),
  });
  return expectStatus(made, 201).body;
}

/** Makes a loop record and publishes it. @returns it as the API shows it */
export async function publishLoopRecord(service: Service, changes: Record<string, unknown> = {}) {
  const { id } = await createLoopRecord(service, changes);
  const published = await send(service, 'PUT', `/v1/loop-records/${id}/publication`, {
    as: 'demo-admin',
  });
  return expectStatus(published, 200).body;
}

/** A webhook endpoint as staff register it; nobody is there. */
export function newWebhookEndpoint(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    organisations: ['RHA'],
    url: `https://hooks.example.org/${randomUUID()}`,
    events: ['loop_record.published', 'loop_record.withdrawn'],
    ...changes,
  };
}

/** Registers a webhook endpoint through the API. @returns it as the API shows it, with its secret */
export async function createWebhookEndpoint(
  service: Service,
  changes: Record<string, unknown> = {},
) {
  const made = await send(service, 'POST', '/v1/webhook-endpoints', {
    as: 'demo-admin',
    body: newWebhookEndpoint(changes),
  });
  return expectStatus(made, 201).body;
}

/** A standard set as staff write it. */
export function newStandardSet(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: `set-${randomUUID()}`,
    organisation: 'RHA',
    title: 'A good ward round',
    scale: { min: 1, max: 3, labels: ['No', 'Partly', 'Yes'] },
    standards: [{ code: 'time', title: 'Time to speak', statement: 'People have time.' }],
    ...changes,
  };
}

/** Makes a set with its first version as a draft. @returns the version as the API shows it */
export async function createStandardSet(service: Service, changes: Record<string, unknown> = {}) {
  const made = await send(service, 'POST', '/v1/standard-sets', {
    as: 'demo-admin',
    body: newStandardSet(changes),
  });
  return expectStatus(made, 201).body;
}

/** A new RS512 key pair of a client. */
export async function createKey(kid: string = randomUUID()): Promise<PrivateJwk> {
  const { privateKey } = await generateKeyPair('RS512', {
    modulusLength: 2048,
    extractable: true,
  });
  return { ...(await exportJWK(privateKey)), kid, alg: 'RS512' };
}

/** What is registered of a key. */
export function publicPart({ kty, kid, n, e }: PrivateJwk) {
  return { kty, kid, n, e };
}

/** Registers a client through the API, with a key of its own unless one is given. */
export async function registerClient(
  service: Service,
  {
    organisations = ['RHA'],
    scopes = ['submissions:write'],
    key,
    jwksUrl,
  }: {
    organisations?: string[];
    scopes?: string[];
    key?: PrivateJwk;
    /** Where it says that it publishes its keys, instead of handing in a document. */
    jwksUrl?: string;
  } = {},
): Promise<DemoClient> {
  const privateJwk = key ?? (await createKey());
  const keys = jwksUrl === undefined ? { jwks: { keys: [publicPart(privateJwk)] } } : { jwksUrl };
  const made = await send(service, 'POST', '/v1/api-clients', {
    as: 'demo-admin',
    body: { title: 'A test system', organisations, scopes, ...keys },
  });
  const { clientId } = expectStatus(made, 201).body;
  return { clientId, organisations, scopes, privateJwk };
}

/** Sends an assertion to the token endpoint. */
export async function requestToken(service: Service, assertion: string): Promise<Sent> {
  const response = await service.fetch('/oauth2/token', {
    method: 'POST',
    body: tokenForm(assertion),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

/** Signs a client in. @returns its access token */
export async function signIn(service: Service, client: DemoClient): Promise<string> {
  const assertion = await signAssertion(client, `${service.url}/oauth2/token`);
  return expectStatus(await requestToken(service, assertion), 200).body.access_token;
}

/** The smallest submission to the Friends and Family Test. */
export function submission(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    perspective: 'service_user',
    ratings: [{ standard: 'overall-experience', asIs: 4 }],
    ...changes,
  };
}

/** Posts a batch for the demo trust. */
export function postBatch(
  service: Service,
  cycleId: string,
  submissions: unknown,
  {
    key = randomUUID(),
    as = 'demo-trust',
    token,
    query = '',
    signal,
  }: {
    key?: string;
    as?: string;
    token?: string;
    query?: string;
    signal?: AbortSignal;
  } = {},
): Promise<Sent> {
  return send(service, 'POST', `/v1/cycles/${cycleId}/submission-batches${query}`, {
    as,
    ...(token !== undefined && { token }),
    headers: { 'idempotency-key': key },
    body: { submissions },
    ...(signal !== undefined && { signal }),
  });
}

/** How many submissions of a cycle wait in the inbox. */
export async function countInbox(service: Service, cycleId: string): Promise<number> {
  const [row] = await service.database.query<{ count: number }>(
    'select count(*)::int as count from inbox where cycle_id = $1',
    [cycleId],
  );
  return row?.count ?? 0;
}

/** How many submissions with ratings a cycle has: those that wait and those that were taken apart. */
export async function countRated(service: Service, cycleId: string): Promise<number> {
  const [row] = await service.database.query<{ count: number }>(
    `select (select count(*) from inbox where cycle_id = $1)::int
      + (select count(*) from rating_parts where cycle_id = $1)::int as count`,
    [cycleId],
  );
  return row?.count ?? 0;
}

/** Sends a submission of its own to the demo cycle of RHA, as anybody may. @returns the reply */
export async function sendSubmission(service: Service, changes: Record<string, unknown> = {}) {
  const sent = await send(service, 'POST', `/v1/cycles/${experienceCycleId}/submissions`, {
    body: submission(changes),
  });
  return expectStatus(sent, 201).body as { receipt: string };
}

/** A text of RHA that waits for a moderator, put there past the API. @returns its id */
export async function waitingText(
  service: Service,
  cycleId: string,
  { text = 'Anna was kind.', organisation = 'RHA', safeguarding = false } = {},
): Promise<string> {
  const [row] = await service.database.query<{ id: string }>(
    `insert into text_parts (cycle_id, organisation, question, text, safeguarding, receipt_hash)
     values ($1, $2, 'what-good', $3, $4, sha256(gen_random_uuid()::text::bytea)) returning id`,
    [cycleId, organisation, text, safeguarding],
  );
  return row?.id ?? '';
}

/** Puts rated people of RHA into a cycle past the API, as a flush leaves them. @param answers in the order of storage, instead of one */
export async function rateAs(
  service: Service,
  cycleId: string,
  perspective: string,
  count: number,
  {
    answer = 4,
    wish = 5,
    code = 'adult-mental-health' as string | null,
    answers = [answer] as (number | null)[],
  } = {},
): Promise<void> {
  const wishes = answers.map((each, index) => (index === 0 && each !== null ? wish : null));
  await service.database.query(
    `insert into rating_parts (cycle_id, organisation, service, perspective, as_is, to_be, receipt_hash)
     select $1, 'RHA', $2, $3, $4::smallint[], $5::smallint[], sha256(gen_random_uuid()::text::bytea)
     from generate_series(1, $6::integer)`,
    [cycleId, code, perspective, arrayOf(answers), arrayOf(wishes), count],
  );
}

const arrayOf = (values: readonly (number | null)[]) =>
  `{${values.map((value) => value ?? 'null').join()}}`;

/** Puts equality answers into a cycle past the API, as a flush leaves them. @param people by category */
export async function answerEquality(
  service: Service,
  cycleId: string,
  people: Record<string, number>,
): Promise<void> {
  await service.database.query(
    `insert into equality_parts (cycle_id, organisation, ethnicity, receipt_hash)
     select $1, 'RHA', category, sha256(gen_random_uuid()::text::bytea)
     from jsonb_each_text($2::jsonb) as answer (category, people), generate_series(1, people::integer)`,
    [cycleId, JSON.stringify(people)],
  );
}

/** A theme as a moderator writes it. */
export function newTheme(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    organisation: 'RHA',
    cycle: experienceCycleId,
    title: 'There is nowhere quiet to sit',
    enquiryCategory: 'environment-and-activities',
    ...changes,
  };
}

/** Makes a draft of a theme through the API. @returns it as the API shows it */
export async function createTheme(service: Service, changes: Record<string, unknown> = {}) {
  const made = await send(service, 'POST', '/v1/themes', {
    as: 'demo-admin',
    body: newTheme(changes),
  });
  return expectStatus(made, 201).body;
}

/** Makes a theme and publishes it. @returns it as the API shows it */
export async function publishTheme(service: Service, changes: Record<string, unknown> = {}) {
  const { id } = await createTheme(service, changes);
  const published = await send(service, 'PUT', `/v1/themes/${id}/publication`, {
    as: 'demo-admin',
  });
  return expectStatus(published, 200).body;
}

/** A text that was decided on, put there past the API; in the theme, if one is given. @returns its id */
export async function textOfTheme(
  service: Service,
  theme: { id: string | null; cycle: string; organisation: string },
  {
    text = 'It is so loud that I cannot think.',
    decision = 'publish' as string | null,
    question = 'what-good',
    perspective = null as string | null,
  } = {},
): Promise<string> {
  const [row] = await service.database.query<{ id: string }>(
    `insert into text_parts (cycle_id, organisation, question, perspective, text, safeguarding, decision, decision_reason,
       themes, receipt_hash)
     values ($1, $2, $3, $4, $5, false, $6, case when $6::text is not null then 'Clear.' end, array_remove(array[$7::uuid], null), sha256(gen_random_uuid()::text::bytea))
     returning id`,
    [theme.cycle, theme.organisation, question, perspective, text, decision, theme.id],
  );
  return row?.id ?? '';
}
