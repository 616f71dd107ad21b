import { randomUUID } from 'node:crypto';
import { contracts } from '../../../api/contracts.ts';
import { scopesOf } from '../../../api/http/contract.ts';
import { experienceCycleId } from '../../../dev/demo.ts';
import { type Scope, scopes } from '../../../domain/vocabulary.ts';
import { signAssertion, tokenForm } from '../../support/assertion.ts';
import type { Service } from '../../support/service.ts';
import { storeTheme } from '../support/published.ts';
import { storeStaffMember } from '../support/staff.ts';

/** Stands in every title that only staff of RHA may see: another trust's reply must never contain it. */
export const ONLY_RHA = 'only for RHA to see';

/** Somebody who may sign in, by what the tests need them for. */
export type Caller =
  | 'staff'
  | 'other-trust'
  | 'revoked'
  | 'changed'
  | `without ${string}`
  | `only ${Scope}`;

/** Who holds every scope but these. */
export function callerWithout(lacking: readonly Scope[]): Caller {
  return `without ${lacking.join(' or ')}`;
}

function scopesOfCaller(caller: Caller): Scope[] {
  const [kind, ...named] = caller.split(' ');
  if (kind === 'only') return scopes.filter((scope) => named.includes(scope));
  return scopes.filter((scope) => kind !== 'without' || !named.includes(scope));
}

/** A draft or record that the tests made through the API. */
export interface Made {
  id: string;
  etag: string;
}

/** A service with callers of every kind, and ways to make what an operation needs. */
export interface World {
  service: Service;
  /** The client id of `staff`. */
  staffClientId: string;
  token: (caller: Caller) => Promise<string>;
  cycle: (title?: string) => Promise<Made>;
  standardSet: (title?: string) => Promise<Made>;
  loopRecord: (title?: string) => Promise<Made>;
  publishedLoopRecord: () => Promise<Made>;
  /** What a ranking of a cycle of its own says. */
  newPriority: () => Promise<Record<string, unknown>>;
  /** A draft, in whose rationale only staff of RHA read. */
  priority: () => Promise<Made>;
  publishedPriority: () => Promise<Made>;
  apiClient: (title?: string) => Promise<Made>;
  /** An endpoint of RHA with a test that waits. */
  webhookEndpoint: () => Promise<Made>;
  /** Somebody with a role in RHA. */
  staffMember: () => Promise<Made>;
  clientAssertion: () => Promise<string>;
  /** The id of a closed cycle of RHA. */
  closedCycle: () => Promise<string>;
  /** The id of a cycle of RHA whose results are released. */
  releasedCycle: () => Promise<string>;
  /** A proposed release of a closed cycle of its own. */
  releaseProposal: () => Promise<{ cycleId: string; proposalId: string }>;
  /** The receipt of a submission of its own. */
  receipt: () => Promise<string>;
  /** The id of a text of RHA that waits for a moderator. */
  text: () => Promise<string>;
  /** A draft of a theme of RHA. */
  theme: (title?: string) => Promise<Made>;
  publishedTheme: () => Promise<Made>;
  /** The id of a text that is decided on and belongs to a theme of RHA. */
  textOfTheme: (themeId: string) => Promise<string>;
}

export const newCycle = {
  title: 'A cycle',
  organisations: ['RHA'],
  standardSet: { id: 'fft', version: 1 },
  perspectives: ['service_user'],
  channels: ['trust', 'public'],
  opensAt: '2040-01-01T00:00:00Z',
  closesAt: '2040-02-01T00:00:00Z',
};

export const newStandardSet = {
  organisation: 'RHA',
  title: 'A set',
  scale: { min: 0, max: 1, labels: ['No', 'Yes'] },
  standards: [{ code: 'kind', title: 'Kind', statement: 'People are kind.' }],
};

export const newLoopRecord = {
  organisation: 'RHA',
  title: 'A record',
  youSaid: { text: 'It is loud.' },
  weDid: { status: 'planned', text: 'A quiet room.' },
};

export const newTheme = {
  organisation: 'RHA',
  cycle: experienceCycleId,
  title: 'A theme',
  enquiryCategory: 'information',
};

export const newWebhookEndpoint = {
  organisations: ['RHA'],
  url: 'https://only-for-rha.example.org/hook',
  events: ['loop_record.published'],
};

/** A client may have one endpoint at an address. */
export const newWebhookAt = () => ({
  ...newWebhookEndpoint,
  url: `${newWebhookEndpoint.url}/${randomUUID()}`,
});

const newApiClient = {
  title: 'A system',
  organisations: ['RHA'],
  scopes: ['submissions:write'],
  jwksUrl: 'https://keys.example.nhs.uk/jwks.json',
};

/** Registers the callers in the database with the key of a demo client, past the API. */
export async function openWorld(service: Service): Promise<World> {
  const { privateJwk } = service.client('demo-admin');
  const { kty, n, e, kid } = privateJwk;
  const tokenUrl = `${service.url}/oauth2/token`;
  const clientIds = new Map<Caller, string>();
  const tokens = new Map<Caller, Promise<string>>();

  async function register(caller: Caller): Promise<string> {
    const clientId = `test-${randomUUID()}`;
    await service.database.query(
      'insert into api_clients (client_id, title, organisations, scopes, jwks) values ($1, $2, $3, $4, $5)',
      [
        clientId,
        caller === 'other-trust' ? 'The system of another trust' : ONLY_RHA,
        [caller === 'other-trust' ? 'RV3' : 'RHA'],
        scopesOfCaller(caller),
        { keys: [{ kty, n, e, kid }] },
      ],
    );
    clientIds.set(caller, clientId);
    return clientId;
  }

  async function signIn(caller: Caller): Promise<string> {
    const clientId = await register(caller);
    const assertion = await signAssertion({ ...service.client('demo-admin'), clientId }, tokenUrl);
    const response = await service.fetch('/oauth2/token', {
      method: 'POST',
      body: tokenForm(assertion),
    });
    const { access_token: token } = (await response.json()) as { access_token: string };
    if (caller === 'revoked')
      await service.database.query(
        'update api_clients set revoked_at = now() where client_id = $1',
        [clientId],
      );
    if (caller === 'changed')
      await service.database.query(
        'update api_clients set version = version + 1 where client_id = $1',
        [clientId],
      );
    return token;
  }

  const token: World['token'] = (caller) => {
    const kept = tokens.get(caller) ?? signIn(caller);
    tokens.set(caller, kept);
    return kept;
  };

  async function call(method: string, path: string, body?: unknown): Promise<Made> {
    const response = await service.fetch(path, {
      method,
      headers: {
        authorization: `Bearer ${await token('staff')}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    const { id, clientId } = JSON.parse(text) as { id?: string; clientId?: string };
    return { id: id ?? clientId ?? '', etag: response.headers.get('etag') ?? '' };
  }

  const loopRecord: World['loopRecord'] = (title = ONLY_RHA) =>
    call('POST', '/v1/loop-records', { ...newLoopRecord, title });

  const theme: World['theme'] = (title = ONLY_RHA) =>
    call('POST', '/v1/themes', { ...newTheme, title });

  const newPriority = async (rationale = ONLY_RHA) => {
    const { id: cycle } = await call('POST', '/v1/cycles', newCycle);
    await call('POST', `/v1/cycles/${cycle}/transitions`, { to: 'scheduled' });
    const ranked = await storeTheme(service, { cycleId: cycle });
    return {
      organisation: 'RHA',
      cycle,
      ranking: [{ theme: ranked, rationale: 'It can be done soon.' }],
      decidedBy: [{ perspective: 'carer', people: 'one_to_four' }],
      decidedOn: '2026-01-15',
      rationale,
    };
  };
  const priority = async (rationale?: string) =>
    call('POST', '/v1/priorities', await newPriority(rationale));

  const closedCycle = async (): Promise<string> => {
    const { id } = await call('POST', '/v1/cycles', {
      ...newCycle,
      opensAt: '2026-01-01T00:00:00Z',
    });
    for (const to of ['open', 'closed']) await call('POST', `/v1/cycles/${id}/transitions`, { to });
    return id;
  };
  let released: Promise<string> | undefined;

  // All at once and first: signing in writes rows, which a test of a refusal would take for its own.
  const callers: Caller[] = ['staff', 'other-trust', 'revoked', 'changed'];
  for (const { access } of contracts) callers.push(callerWithout(scopesOf(access)));
  for (const scope of scopes) callers.push(`only ${scope}`);
  await Promise.all([...new Set(callers)].map(token));

  return {
    service,
    staffClientId: clientIds.get('staff') ?? '',
    token,
    cycle: (title = ONLY_RHA) => call('POST', '/v1/cycles', { ...newCycle, title }),
    standardSet: (title = ONLY_RHA) =>
      call('POST', '/v1/standard-sets', { ...newStandardSet, id: `set-${randomUUID()}`, title }),
    loopRecord,
    publishedLoopRecord: async () => {
      const { id } = await loopRecord('A published record');
      return call('PUT', `/v1/loop-records/${id}/publication`);
    },
    newPriority,
    priority,
    publishedPriority: async () => {
      const { id } = await priority('We agreed.');
      return call('PUT', `/v1/priorities/${id}/publication`);
    },
    apiClient: (title = ONLY_RHA) => call('POST', '/v1/api-clients', { ...newApiClient, title }),
    webhookEndpoint: async () => {
      const made = await call('POST', '/v1/webhook-endpoints', newWebhookAt());
      await call('POST', `/v1/webhook-endpoints/${made.id}/tests`);
      return made;
    },
    staffMember: async () => ({
      id: await storeStaffMember(service, { name: ONLY_RHA, roles: { RHA: ['auditor'] } }),
      etag: 'W/"1"',
    }),
    closedCycle,
    releasedCycle: async () => {
      released ??= (async () => {
        const cycleId = await closedCycle();
        await call('POST', `/v1/cycles/${cycleId}/releases`, {});
        return cycleId;
      })();
      return released;
    },
    releaseProposal: async () => {
      const cycleId = await closedCycle();
      const { id } = await call('POST', `/v1/cycles/${cycleId}/release-proposals`);
      return { cycleId, proposalId: id };
    },
    receipt: async () => {
      const response = await service.fetch(`/v1/cycles/${experienceCycleId}/submissions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          perspective: 'carer',
          answers: [{ question: 'what-good', text: 'They were kind.' }],
        }),
      });
      return ((await response.json()) as { receipt: string }).receipt;
    },
    text: async () => {
      const [row] = await service.database.query<{ id: string }>(
        `insert into text_parts (cycle_id, organisation, question, text, safeguarding, receipt_hash)
         values ($1, 'RHA', 'what-good', $2, false, sha256(gen_random_uuid()::text::bytea)) returning id`,
        [experienceCycleId, ONLY_RHA],
      );
      return row?.id ?? '';
    },
    theme,
    publishedTheme: async () => {
      const { id } = await theme('A published theme');
      return call('PUT', `/v1/themes/${id}/publication`);
    },
    textOfTheme: async (themeId) => {
      const [row] = await service.database.query<{ id: string }>(
        `insert into text_parts (cycle_id, organisation, question, text, safeguarding, decision, decision_reason, themes, receipt_hash)
         values ($1, 'RHA', 'what-good', $2, false, 'publish', 'Clear.', array[$3::uuid], sha256(gen_random_uuid()::text::bytea))
         returning id`,
        [experienceCycleId, ONLY_RHA, themeId],
      );
      return row?.id ?? '';
    },
    clientAssertion: () => {
      const clientId = clientIds.get('staff') ?? '';
      return signAssertion({ ...service.client('demo-admin'), clientId }, tokenUrl);
    },
  };
}

/** What every table holds: how many rows, and a digest that any change of a row changes. */
export async function tableContents({
  database,
}: Pick<Service, 'database'>): Promise<Record<string, string>> {
  const tables = await database.query<{ name: string }>(
    // The audit trail is what a refusal may add to.
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'audit_events'`,
  );
  const digests = tables.map(
    ({ name }) =>
      `select '${name}' as name, count(*) || ' rows, ' || md5(coalesce(string_agg(held::text, ' ' order by held::text), '')) as digest from "${name}" held`,
  );
  const rows = await database.query<{ name: string; digest: string }>(digests.join(' union all '));
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
}
