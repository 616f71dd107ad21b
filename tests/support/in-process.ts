import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { inject } from 'vitest';
import { type Api, createApi } from '../../api/app.ts';
import { checkBindings } from '../../api/bindings.ts';
import type { StaffAssignment, StaffCaller, StaffRole } from '../../api/http/staff.ts';
import { routes } from '../../api/routes.ts';
import { openService } from '../../api/service.ts';
import { StaffSessions } from '../../api/staff-sessions/staff-sessions.ts';
import { runtimeRoles } from '../../db/roles.ts';
import { workerBindings } from '../../dev/bindings.ts';
import { openDatabase } from '../../dev/database.ts';
import { type NeonEndpoint, startNeonEndpoint } from '../../dev/neon-endpoint.ts';
import { scopes } from '../../domain/vocabulary.ts';
import { type OwnerAccess, ownerAccess } from './database.ts';
import { ask } from './workshop.ts';

/** A person who has signed in. */
export interface SignedIn {
  /** The id of their session, as their cookie has it. */
  sessionId: string;
  memberId: string;
  caller: StaffCaller;
}

/** The API as the console calls it: in the same process, on a database of its own, over the real driver. */
export interface InProcessApi {
  api: Api;
  sessions: StaffSessions;
  database: OwnerAccess;
  endpoint: NeonEndpoint;
  /** Sends a request for a person; `null` is nobody. */
  fetch: (caller: StaffCaller | null, path: string, init?: RequestInit) => Promise<Response>;
  /** Somebody new, with roles such as `{ RHA: ['moderator'] }`, who has signed in. */
  signIn: (roles?: Readonly<Record<string, readonly StaffRole[]>>) => Promise<SignedIn>;
  /** An access token of a demo client for some of its organisations, with every scope. */
  token: (clientId: string, organisations: readonly string[]) => Promise<string>;
  stop: () => Promise<void>;
}

const url = 'http://service.test';

/** What the platform gives a Worker, as far as the API needs it to start. */
const platform = {
  ASSETS: { fetch: async () => new Response(null, { status: 404 }) },
  ...Object.fromEntries(
    ['PUBLIC_SUBMISSION_LIMIT', 'CONFIRMATION_LIMIT', 'RECEIPT_LIMIT', 'TOKEN_LIMIT'].map(
      (name) => [name, { limit: async () => ({ success: true }) }],
    ),
  ),
};
const emptyCache = {
  match: async () => undefined,
  put: async () => undefined,
  delete: async () => false,
};

export async function startInProcessApi(): Promise<InProcessApi> {
  const { workshopUrl } = inject('run');
  const [{ secrets }, { path }] = await Promise.all([
    ask(workshopUrl, '/keys'),
    ask(workshopUrl, '/template'),
  ]);
  const embedded = await openDatabase({ template: new Blob([await readFile(path)]) });
  const endpoint = await startNeonEndpoint({
    database: embedded,
    password: secrets.databasePassword,
    roles: runtimeRoles,
  });
  const given = workerBindings({ serviceUrl: url, endpointUrl: endpoint.url, secrets });
  const bindings = checkBindings({ ...given.vars, ...given.secrets, ...platform });
  const service = openService(bindings, emptyCache as unknown as Cache);
  const api = createApi(service, routes);
  const sessions = new StaffSessions(service.databases);

  return {
    api,
    sessions,
    database: ownerAccess(embedded),
    endpoint,
    fetch: async (caller, requestPath, init) => {
      const request = new Request(new URL(requestPath, url), init);
      return caller === null ? api.fetch(request) : api.fetch(request, { staff: caller });
    },
    signIn: async (roles = {}) => {
      const claimed: StaffAssignment[] = Object.entries(roles).flatMap(([organisation, held]) =>
        held.map((role) => ({ organisation, role })),
      );
      const identity = { issuer: 'https://identity.test', subject: randomUUID(), name: 'Ada' };
      const sessionId = await sessions.begin({ ...identity, claimed }, new Date());
      const session = await sessions.read(sessionId, new Date());
      if (session === null) throw new Error('a session that was begun stands');
      return { sessionId, memberId: session.member.id, caller: { session, isChecked: false } };
    },
    token: (clientId, organisations) =>
      service.accessTokens.issue({ clientId, clientVersion: 1, organisations, scopes }, new Date()),
    stop: async () => {
      await endpoint.close();
      await embedded.close();
    },
  };
}
