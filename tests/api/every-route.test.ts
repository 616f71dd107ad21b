import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { createApi } from '../../api/app.ts';
import { contracts } from '../../api/contracts.ts';
import { isPublicRead, type Operation, operation, scopesOf } from '../../api/http/contract.ts';
import { type Route, serve } from '../../api/http/serve.ts';
import { routes } from '../../api/routes.ts';
import type { Service as ApiService } from '../../api/service.ts';
import { scopes } from '../../domain/vocabulary.ts';
import { type Service, startService } from '../support/service.ts';
import { ask } from '../support/workshop.ts';
import { withMemberEverywhere, withUndeclaredMembers } from './every-route/members.ts';
import {
  bodyBytes,
  type Changes,
  expectDeclared,
  expectOauthError,
  expectProblem,
  send,
} from './every-route/requests.ts';
import { badTokens } from './every-route/tokens.ts';
import { unfinished } from './every-route/unfinished.ts';
import {
  sameForEveryTrust,
  type ValidRequest,
  validRequests,
} from './every-route/valid-requests.ts';
import {
  callerWithout,
  ONLY_RHA,
  openWorld,
  tableContents,
  type World,
} from './every-route/world.ts';

let service: Service;
let world: World;
let forgeries: Record<string, string>;

beforeAll(async () => {
  service = await startService();
  world = await openWorld(service);
  const { secrets } = await ask(inject('run').workshopUrl, '/keys');
  forgeries = await badTokens(secrets.tokenSigningKey, {
    clientId: 'demo-admin',
    organisations: ['RHA'],
    scopes,
    issuer: service.url,
  });
});
afterAll(() => service?.stop());

const needsToken = ({ access }: Operation): boolean => access.kind === 'scope' && !access.orPublic;
const repliesWithBody = (declared: Operation): boolean =>
  Object.values(declared.replies).some(({ schema }) => schema !== undefined);
const isJson = ({ body }: Operation): boolean =>
  body !== undefined && body.mediaType !== 'application/x-www-form-urlencoded';

/** A test for the operations that it bears on. */
const itWhere = (bears: boolean) => (name: string, test: () => Promise<void>) => {
  if (bears) it(name, test);
};

/** Carries out refused requests and holds every table against what it held before. */
async function nothingStored(refused: () => Promise<void>): Promise<void> {
  const before = await tableContents(service);
  await refused();
  expect(await tableContents(service)).toEqual(before);
}

/** A value of a path parameter that is well formed and names nothing. */
function unusedValue(schema: z.ZodType): string {
  const found = [randomUUID(), 'ZZZ99', '99999'].find((value) => schema.safeParse(value).success);
  if (found === undefined) throw new Error('no well-formed value is known for this parameter');
  return found;
}

describe('the operations', () => {
  it('each have a valid request that the shared tests build on', () => {
    expect(Object.keys(validRequests).sort()).toEqual(contracts.map(({ id }) => id).sort());
  });

  it('that are declared are those that are answered', () => {
    expect(routes.map(({ contract }) => contract.id).sort()).toEqual(
      contracts.map(({ id }) => id).sort(),
    );
    for (const { contract } of routes) expect(contracts).toContain(contract);
  });

  it('have ids of their own', () => {
    expect(new Set(contracts.map(({ id }) => id)).size).toBe(contracts.length);
  });
});

describe.each(contracts.map((declared) => ({ declared, ...declared })))(
  '$id ($method $path)',
  ({ declared, id }) => {
    const allowing = scopesOf(declared.access);
    const takesToken = allowing.length > 0;
    let request: ValidRequest;
    let token: string | undefined;
    const attempt = (changes: Changes = {}) => send(service, declared, request, changes);
    /** With everything right but what the test changes. */
    const asCaller = (changes: Changes = {}) => attempt({ token, ...changes });

    beforeAll(async () => {
      request = (await validRequests[id]?.(world)) ?? {};
      token = takesToken ? await world.token('staff') : undefined;
    });

    itWhere(needsToken(declared))('refuses a request without a token', () =>
      nothingStored(async () => {
        const answer = await attempt();
        expectProblem(answer, declared, 'unauthenticated');
        expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
      }),
    );

    itWhere(needsToken(declared))('says nothing about a request before it knows the caller', () =>
      nothingStored(async () => {
        expectProblem(
          await attempt({
            bytes: null,
            query: { unknown: '1' },
            headers: { accept: 'image/png' },
          }),
          declared,
          'unauthenticated',
        );
      }),
    );

    itWhere(takesToken)('refuses tokens that are expired, forged or not for it', () =>
      nothingStored(async () => {
        for (const [what, bad] of Object.entries(forgeries)) {
          const answer = await attempt({ token: bad });
          expect(answer.status, `a token ${what}: ${answer.text}`).toBe(401);
          expectProblem(answer, declared, 'unauthenticated');
          expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
        }
      }),
    );

    itWhere(takesToken)('refuses an authorization header that is no bearer token', () =>
      nothingStored(async () => {
        for (const authorization of ['Basic ZGVtbzpkZW1v', 'Bearer', 'Bearer a b', 'token'])
          expectProblem(await attempt({ headers: { authorization } }), declared, 'unauthenticated');
      }),
    );

    itWhere(takesToken)('refuses the living token of a client that was revoked or changed', () =>
      nothingStored(async () => {
        for (const caller of ['revoked', 'changed'] as const) {
          const answer = await attempt({ token: await world.token(caller) });
          expectProblem(answer, declared, 'unauthenticated');
          expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
        }
      }),
    );

    itWhere(declared.access.kind === 'scope')('refuses a token without its scope', () =>
      nothingStored(async () => {
        const without = await world.token(callerWithout(allowing));
        expectProblem(await attempt({ token: without }), declared, 'forbidden');
      }),
    );

    itWhere(declared.access.kind === 'scope' && allowing.length > 1)(
      'is content with any one of its scopes',
      async () => {
        for (const scope of allowing) {
          const own = (await validRequests[id]?.(world)) ?? {};
          const alone = await world.token(`only ${scope}`);
          const answer = await send(service, declared, own, { token: alone });
          expect(answer.status, `${scope}: ${answer.text}`).toBeLessThan(300);
        }
      },
    );

    itWhere(declared.access.kind === 'status-key')('refuses a wrong key and none', () =>
      nothingStored(async () => {
        for (const apikey of ['wrong', '', null]) {
          const answer = await attempt({ headers: { apikey } });
          expect(answer.status).toBe(401);
          expectOauthError(answer, declared);
        }
      }),
    );

    const isOfATrust = !sameForEveryTrust.includes(id);

    itWhere(!isOfATrust)('answers every trust, with nothing of another', async () => {
      await Promise.all([world.cycle(), world.apiClient(), world.theme()]);
      const answer = await attempt({ token: await world.token('other-trust') });
      expect(answer.status, answer.text).toBe(200);
      for (const theirs of [ONLY_RHA, 'RHA', world.staffClientId])
        expect(answer.text).not.toContain(theirs);
    });

    itWhere(declared.access.kind === 'scope' && declared.method !== 'get' && isOfATrust)(
      "refuses another trust's client",
      () =>
        nothingStored(async () => {
          const answer = await attempt({ token: await world.token('other-trust') });
          expect([403, 404], answer.text).toContain(answer.status);
          expectProblem(answer, declared, answer.status === 403 ? 'forbidden' : 'not-found');
          expect(answer.text).not.toContain(ONLY_RHA);
        }),
    );

    itWhere(takesToken)('refuses to act for a trust that the client is not of', () =>
      nothingStored(async () => {
        const header = 'nhsd-end-user-organisation-ods';
        const answer = await asCaller({ headers: { [header]: 'RV3' } });
        expectProblem(answer, declared, 'forbidden');
        expectProblem(await asCaller({ headers: { [header]: '!' } }), declared, 'invalid-header');
      }),
    );

    itWhere(declared.method === 'get' && takesToken && isOfATrust)(
      'shows what only staff may see to nobody else',
      async () => {
        await Promise.all([world.cycle(), world.standardSet(), world.loopRecord()]);
        await Promise.all([world.apiClient(), world.theme()]);
        await world.text();
        await world.theme();
        const changes = request.onlyForRha ? { params: request.onlyForRha } : {};
        const secret = request.saysOnlyToRha ?? ONLY_RHA;
        const seen = await attempt({ ...changes, token: await world.token('staff') });
        expect(seen.status, seen.text).toBe(200);
        expect(seen.text).toContain(secret);

        const others = [await world.token('other-trust')];
        if (declared.access.kind === 'public')
          others.push(await world.token(callerWithout(allowing)), '');
        for (const other of others) {
          const answer = await attempt({ ...changes, token: other || undefined });
          expect(answer.text).not.toContain(secret);
          if (changes.params !== undefined || declared.params !== undefined)
            expectProblem(answer, declared, 'not-found');
          else expect(answer.status).toBe(200);
        }
      },
    );

    itWhere(declared.params !== undefined)('refuses a malformed path parameter', () =>
      nothingStored(async () => {
        for (const name of Object.keys(declared.params?.shape ?? {}))
          for (const malformed of ['not well formed!', '%00', '\u0000', "' or 1=1 --", '..%2f']) {
            const answer = await asCaller({ params: { [name]: malformed } });
            const { errors } = expectProblem(answer, declared, 'validation-failed');
            expect(errors?.map(({ pointer }) => pointer)).toContain(`/${name}`);
          }
      }),
    );

    itWhere(declared.params !== undefined)('refuses a path parameter that names nothing', () =>
      nothingStored(async () => {
        for (const [name, schema] of Object.entries(declared.params?.shape ?? {}))
          expectProblem(
            await asCaller({ params: { [name]: unusedValue(schema as z.ZodType) } }),
            declared,
            'not-found',
          );
      }),
    );

    it('refuses an unknown query parameter', () =>
      nothingStored(async () => {
        for (const name of ['unknown', '__proto__', 'constructor', 'Limit', '']) {
          const answer = await asCaller({ query: { ...request.query, [name]: '1' } });
          const { errors } = expectProblem(answer, declared, 'validation-failed');
          if (declared.errorShape !== 'oauth')
            expect(errors?.map(({ pointer }) => pointer)).toContain(`/${name}`);
        }
      }));

    itWhere(declared.query !== undefined)('refuses a repeated query parameter', () =>
      nothingStored(async () => {
        const pairs = Object.entries(request.query ?? {});
        expect(pairs).not.toHaveLength(0);
        for (const pair of pairs)
          expectProblem(await asCaller({ query: [...pairs, pair] }), declared, 'validation-failed');
      }),
    );

    itWhere(isJson(declared))('refuses an unknown member of the body, at any depth', () =>
      nothingStored(async () => {
        const body: unknown = JSON.parse(
          new TextDecoder().decode(bodyBytes(declared, request) ?? undefined),
        );
        // Behind a door, items are looked at one by one: a wrong one is told in the reply.
        const isDeep = declared.body?.door === undefined;
        for (const name of ['unknown', '__proto__', 'constructor', 'Title'])
          for (const { changed, pointer } of withMemberEverywhere(body, name, isDeep)) {
            const bytes = new TextEncoder().encode(changed);
            const answer = await asCaller({ bytes });
            const { errors } = expectProblem(answer, declared, 'validation-failed');
            expect(errors?.map((error) => error.pointer)).toContain(`${pointer}/${name}`);
          }
      }),
    );

    itWhere(declared.method === 'patch')('refuses a change that names nothing to change', () =>
      nothingStored(async () => {
        const answer = await asCaller({ bytes: new TextEncoder().encode('{}') });
        const { errors } = expectProblem(answer, declared, 'validation-failed');
        expect(errors).toEqual([{ pointer: '', detail: 'Name at least one member to change.' }]);
      }),
    );

    itWhere(declared.headers !== undefined)('refuses a missing or malformed header', () =>
      nothingStored(async () => {
        for (const [name, { required }] of Object.entries(declared.headers ?? {})) {
          const malformed = await asCaller({ headers: { [name]: 'not well formed!' } });
          expectProblem(malformed, declared, 'invalid-header');
          if (required)
            expectProblem(
              await asCaller({ headers: { [name]: null } }),
              declared,
              'invalid-header',
            );
        }
      }),
    );

    itWhere(declared.ifMatch !== undefined)(
      'refuses an If-Match that is missing, stale or malformed',
      () =>
        nothingStored(async () => {
          const wrong = ['W/"999999"', '"x"', 'W/"1", W/"2"', 'W/"99999999999999999999"'];
          for (const etag of wrong)
            expectProblem(
              await asCaller({ headers: { 'if-match': etag } }),
              declared,
              'precondition-failed',
            );
          if (declared.ifMatch === 'required')
            expectProblem(
              await asCaller({ headers: { 'if-match': null } }),
              declared,
              'precondition-required',
            );
        }),
    );

    it('refuses a method that the path does not have', () =>
      nothingStored(async () => {
        const atPath = contracts.filter(({ path }) => path === declared.path);
        const methods = atPath.map(({ method }) => method.toUpperCase());
        if (methods.includes('GET')) methods.push('HEAD');
        const isSignIn = declared.errorShape === 'oauth' && declared.method === 'post';
        const allowed = isSignIn ? methods : [...methods, 'OPTIONS'];
        for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'OPTIONS']) {
          if (methods.includes(method)) continue;
          const answer = await asCaller({ method, bytes: null });
          expect(answer.headers.get('allow')?.split(', ').sort()).toEqual(allowed.toSorted());
          if (method === 'OPTIONS' && !isSignIn) expect(answer.status).toBe(204);
          else if (isSignIn) expect([answer.status, answer.text]).toEqual([405, '']);
          else expectProblem(answer, null, 'method-not-allowed');
        }
      }));

    itWhere(repliesWithBody(declared) && declared.errorShape !== 'oauth')(
      'refuses a reply in a media type that it does not have',
      () =>
        nothingStored(async () => {
          for (const accept of ['image/png', 'application/json;q=0', 'audio/*'])
            expectProblem(await asCaller({ headers: { accept } }), declared, 'not-acceptable');
        }),
    );

    itWhere(declared.body !== undefined)('refuses a body of another media type, or of none', () =>
      nothingStored(async () => {
        const wrong = isJson(declared)
          ? ['text/plain', 'application/x-www-form-urlencoded', 'application/json5']
          : ['text/plain', 'application/json', 'multipart/form-data; boundary=x'];
        const right = declared.body?.mediaType ?? 'application/json';
        for (const type of [...wrong, `${right}; charset=utf-16`, '', ';', null])
          expectProblem(
            await asCaller({ headers: { 'content-type': type } }),
            declared,
            'unsupported-media-type',
          );
      }),
    );

    itWhere(declared.body !== undefined)(
      'refuses a body over its size, with its length told or not',
      () =>
        nothingStored(async () => {
          const { maxBytes = 0 } = declared.body ?? {};
          const valid = bodyBytes(declared, request) ?? new Uint8Array();
          const spaces = new Uint8Array(maxBytes + 1).fill(0x20);
          spaces.set(valid);
          const told = { ...service, fetch: unfinished(service, maxBytes + 1) };
          const answer = await send(told, declared, request, { token, bytes: valid });
          expectProblem(answer, declared, 'payload-too-large');
          const untold = { ...service, fetch: unfinished(service, null) };
          const late = await send(untold, declared, request, { token, bytes: spaces });
          expectProblem(late, declared, 'payload-too-large');
        }),
    );

    itWhere(declared.body !== undefined)(
      'refuses a body that cannot be read, whole or in parts',
      () =>
        nothingStored(async () => {
          const { maxBytes = 0 } = declared.body ?? {};
          const atLimit = new Uint8Array(maxBytes).fill(0x20);
          atLimit.set(new TextEncoder().encode('[]'));
          const unreadable: Uint8Array<ArrayBuffer>[] = [
            new Uint8Array(),
            new Uint8Array([0x22, 0xff, 0x22]),
            new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
            new Uint8Array([0xc0, 0x80]),
            new TextEncoder().encode('{"a":'),
            new TextEncoder().encode('\ufeff{}'),
            new TextEncoder().encode('{}{}'),
            new TextEncoder().encode('null'),
            new TextEncoder().encode('"text"'),
            new TextEncoder().encode('['.repeat(Math.min(10_000, maxBytes))),
            atLimit,
          ];
          for (const bytes of unreadable) {
            expectProblem(await asCaller({ bytes }), declared, 'validation-failed');
            const chunks = new Blob([bytes]).stream();
            expectProblem(await asCaller({ bytes: chunks }), declared, 'validation-failed');
          }
        }),
    );

    it('refuses malformed identifiers, and does not mirror them', () =>
      nothingStored(async () => {
        const wrong = [
          { 'x-request-id': 'not-a-uuid' },
          { 'x-request-id': '' },
          { 'x-correlation-id': 'with spaces' },
          { 'x-correlation-id': 'x'.repeat(129) },
          { 'x-correlation-id': '' },
        ];
        for (const headers of wrong)
          expectProblem(await asCaller({ headers }), declared, 'invalid-header');
      }));

    itWhere(isPublicRead(declared))('is for everybody to read and to keep', async () => {
      const first = await attempt();
      expect(first.status, first.text).toBe(200);
      expect(first.headers.get('access-control-allow-origin')).toBe('*');
      if (declared.cache === 'no-store') {
        expect(first.headers.get('cache-control')).toBe('no-store');
        return;
      }
      expect(first.headers.get('cache-control')).toMatch(/^public, max-age=\d+(, immutable)?$/);
      const etag = first.headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[\w-]{20,}"$/);
      expect((await attempt()).headers.get('etag')).toBe(etag);
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const again = await attempt({ headers: { 'if-none-match': known } });
        expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
        expect(again.headers.get('access-control-allow-origin')).toBe('*');
      }
      const other = await attempt({ headers: { 'if-none-match': '"other"' } });
      expect(other.status).toBe(200);

      const head = await attempt({ method: 'HEAD' });
      expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', etag]);
      const preflight = await attempt({ method: 'OPTIONS' });
      expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    });

    itWhere(isPublicRead(declared) && takesToken)(
      'is not kept by anybody when a token has a say in it',
      async () => {
        const answer = await asCaller();
        expect(answer.status, answer.text).toBe(200);
        expect(answer.headers.get('cache-control')).toBe('no-store');
        expect(answer.headers.get('access-control-allow-origin')).toBeNull();
        expect((await attempt()).headers.get('vary')).toContain('Authorization');
      },
    );

    it('answers a valid request as declared', async () => {
      const answer = await asCaller();
      expect(answer.status, answer.text).toBeLessThan(300);
      expectDeclared(answer, declared);
      const promised = Object.keys(declared.replies[answer.status]?.headers ?? {});
      for (const name of promised) expect(answer.headers.get(name), name).toBeTruthy();
    });
  },
);

describe('a reply', () => {
  const replies = contracts.flatMap(({ id, replies }) =>
    Object.entries(replies).flatMap(([status, { schema, example }]) =>
      schema === undefined ? [] : [{ id, status, schema, example }],
    ),
  );

  it.each(replies)('of $id, $status, loses what it does not declare', ({ schema, example }) => {
    const parsed = schema.parse(withUndeclaredMembers(example));
    expect(JSON.stringify(parsed)).not.toContain('undeclared');
    expect(parsed).toEqual(schema.parse(example));
  });

  it.each(replies)('of $id, $status, declares every object closed', ({ schema }) => {
    // An example may leave a nullable object out, so the schema itself is walked too.
    const { root } = z.toJSONSchema(z.object({ root: schema }), { io: 'output' }).properties ?? {};
    const { $defs } = z.toJSONSchema(z.object({ root: schema }), { io: 'output' });
    const open = (node: unknown): unknown[] => {
      if (Array.isArray(node)) return node.flatMap(open);
      if (typeof node !== 'object' || node === null) return [];
      const members = Object.values(node).flatMap(open);
      const isOpen =
        'type' in node && node.type === 'object' && !('properties' in node && 'required' in node);
      return isOpen ? [node, ...members] : members;
    };
    expect(open([root, $defs])).toEqual([]);
  });

  const probe = operation({
    id: 'probe',
    method: 'get',
    path: '/probe',
    tag: 'service',
    summary: 'Probe',
    description: 'Probe.',
    access: { kind: 'public' },
    replies: { 200: { description: 'It.', schema: z.object({ name: z.string() }) } },
    problems: [],
  });
  const own = {
    url: 'https://example.org',
    now: () => new Date(),
    databases: {},
  } as ApiService;
  const leaking = serve(probe).with(async () => {
    const row = { name: 'Ann', secret: 'her address' };
    return { status: 200, body: row };
  });

  it('never carries a member that a handler has and the contract has not', async () => {
    const response = await createApi(own, [leaking]).request('/probe');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ name: 'Ann' });
  });

  it('that breaks its contract is kept back, and says nothing of what it held', async () => {
    const broken = serve(probe).with(
      async () => ({ status: 200, body: { name: 7, secret: 'her address' } }) as never,
    );
    const undeclared = serve(probe).with(async () => ({ status: 201, body: 'secret' }) as never);
    for (const route of [broken, undeclared]) {
      const response = await createApi(own, [route]).request('/probe');
      const text = await response.text();
      expect(response.status).toBe(500);
      expect(JSON.parse(text)).toMatchObject({ code: 'internal' });
      expect(text).not.toMatch(/secret|address|name/);
    }
  });

  it('of an operation without an access rule cannot be: it does not start', () => {
    const { access: _access, ...withoutRule } = probe;
    expect(() => serve(withoutRule as unknown as Operation)).toThrow(
      'probe declares no access rule',
    );
  });

  it('of two operations at one method and path cannot be: they do not start', () => {
    const twin: Route = { ...leaking, contract: { ...probe, id: 'twin' } };
    expect(() => createApi(own, [leaking, twin])).toThrow('twin: get /probe is taken');
  });
});

describe('a path that has no operation', () => {
  const nowhere: Operation = {
    id: 'nowhere',
    method: 'get',
    path: '/v1/nowhere',
    tag: 'service',
    summary: 'None',
    description: 'None.',
    access: { kind: 'status-key' },
    replies: {},
    problems: ['not-found', 'invalid-header'],
  };

  it.each(['/v1/nowhere', '/v1', '/V1/cycles', '/v1/cycles/', '/v1/cycles/a/b'])(
    '%s is answered with a problem',
    async (path) => {
      const answer = await send(service, { ...nowhere, path }, {});
      expectProblem(answer, nowhere, 'not-found');
    },
  );

  it('refuses a malformed identifier there too', async () => {
    const answer = await send(service, nowhere, {}, { headers: { 'x-request-id': 'x' } });
    expectProblem(answer, nowhere, 'invalid-header');
  });

  it('carries the headers of every reply where it leads elsewhere', async () => {
    const answer = await send(service, { ...nowhere, path: '/' }, {});
    expect(answer.status).toBe(302);
  });
});
