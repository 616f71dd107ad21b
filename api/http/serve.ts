import type { Service } from '../service.ts';
import { readBody } from './body.ts';
import type {
  FrozenReply,
  Operation,
  ParsedRequest,
  Reply,
  ReplyDeclaration,
  TextReply,
} from './contract.ts';
import { isPublicRead } from './contract.ts';
import { matchesEtag, readIfMatch, strongEtag, weakEtag } from './etag.ts';
import type { RequestIdentifiers } from './identifiers.ts';
import { preferredMediaType } from './negotiate.ts';
import { fieldErrors, pointerTo } from './pointer.ts';
import { authorise, type ClientPrincipal, identify, type Principal } from './principal.ts';
import { type FieldError, Problem, validationProblem } from './problem.ts';
import { limitRate } from './rate-limit.ts';
import { noteRefusal, openSession, type Session } from './session.ts';
import type { StaffCaller } from './staff.ts';

/** Public reads may be kept this long where an operation does not say otherwise. */
const DEFAULT_MAX_AGE_SECONDS = 60;

/** No person sends submissions: see `authorise`. */
type PrincipalOf<Access> = Access extends { scope: 'submissions:write' }
  ? ClientPrincipal
  : Principal;

/** Everything that a handler works with. */
export type Call<Declared extends Operation> = ParsedRequest<Declared> & {
  service: Service;
  /** Who is calling; null is the public. An operation with a scope and no public side always has one. */
  principal: Declared['access'] extends { kind: 'scope'; orPublic?: false }
    ? PrincipalOf<Declared['access']>
    : PrincipalOf<Declared['access']> | null;
  /** The way to the database, as the role of whoever calls. */
  session: Session;
  /** One reading of the clock for the whole request. */
  now: Date;
  requestId: string;
};

/** An operation with its handler, ready to be given requests. */
export interface Route {
  contract: Operation;
  answer(
    service: Service,
    request: Request,
    pathParameters: Record<string, string>,
    identifiers: RequestIdentifiers,
    /** The person for whom the console makes the request; null for every request from outside. */
    staff: StaffCaller | null,
  ): Promise<Answer>;
}

/**
 * Ties a handler to its declaration. In two steps, so that the literal types of the declaration survive.
 *
 * @throws Error when the operation declares no access rule: deny by default
 */
export function serve<const Declared extends Operation>(contract: Declared) {
  if (!(contract as Partial<Operation>).access)
    throw new Error(`Operation ${contract.id} declares no access rule.`);
  return {
    with(handler: (call: Call<Declared>) => Promise<Reply<Declared>>): Route {
      return {
        contract,
        async answer(service, request, pathParameters, { requestId }, staff) {
          const now = service.now();
          const caller = await identify(request.headers, contract.access, service, now, staff);
          await limitRate(contract, request.headers, caller, service, now);
          try {
            const principal = authorise(caller, contract.access, request.headers);
            const parsed = await parseRequest(contract, request, pathParameters);
            const session = openSession(service, contract, caller, principal, requestId);
            const call = { ...parsed, service, session, principal, now, requestId };
            const reply = (await handler(call as unknown as Call<Declared>)) as AnyReply;
            return await render(contract, reply, request, principal);
          } catch (error) {
            await noteRefusal(error, service, contract, caller, requestId);
            throw error;
          }
        },
      };
    },
  };
}

/** What goes out, before the headers that every reply has. Without Cache-Control it is `no-store`. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | ReadableStream | null;
}

interface AnyReply {
  status: number;
  headers?: Record<string, string>;
  version?: number;
  body?: unknown;
  frozen?: FrozenReply | undefined;
  text?: TextReply | undefined;
}

/** Every part of a request through its declared shape. What is not declared is refused, so that a typing error is never lost. */
async function parseRequest(
  contract: Operation,
  request: Request,
  pathParameters: Record<string, string>,
): Promise<ParsedRequest<Operation>> {
  const accept = contract.errorShape === 'oauth' ? null : request.headers.get('accept');
  const mediaType = preferredMediaType(contract, accept);
  if (mediaType === null)
    throw new Problem('not-acceptable', 'Accept must allow a media type that this operation has.');

  const ifMatch = readIfMatch(request.headers.get('if-match'), contract.ifMatch);
  const headers = readHeaders(contract, request.headers);
  const body = contract.body ? await readBody(request, contract.body) : undefined;

  const errors: FieldError[] = [];
  const params = parsePart(contract.params, pathParameters, 'Path parameter', errors);
  const query = parsePart(
    contract.query,
    readQuery(contract, request.url, errors),
    'Query parameter',
    errors,
  );
  let value: unknown;
  if (contract.body) {
    const result = (contract.body.door ?? contract.body.schema).safeParse(body?.value);
    if (result.success) value = result.data;
    else errors.push(...fieldErrors(result.error.issues));
  }
  if (errors.length > 0) throw validationProblem(errors);
  return {
    params,
    query,
    headers,
    body: value,
    bodyBytes: body?.bytes ?? new Uint8Array(),
    mediaType,
    ifMatch,
  } as ParsedRequest<Operation>;
}

function parsePart(
  schema: Operation['params'],
  value: Record<string, string>,
  what: string,
  errors: FieldError[],
): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const { pointer, detail } of fieldErrors(result.error.issues))
    errors.push({ pointer, detail: `${what} ${pointer.slice(1)}: ${detail}` });
  return undefined;
}

function readQuery(contract: Operation, url: string, errors: FieldError[]) {
  const from = url.indexOf('?');
  if (from === -1) return {};
  const search = new URLSearchParams(url.slice(from + 1));
  const declared = contract.query?.shape ?? {};
  const query: Record<string, string> = {};
  for (const name of new Set(search.keys())) {
    const refuse = (detail: string) => errors.push({ pointer: pointerTo([name]), detail });
    if (!Object.hasOwn(declared, name)) refuse('Not a query parameter of this operation.');
    else if (search.getAll(name).length > 1) refuse('This query parameter is repeated.');
    else query[name] = search.get(name) ?? '';
  }
  return query;
}

function readHeaders(contract: Operation, headers: Headers): Record<string, unknown> | undefined {
  if (!contract.headers) return undefined;
  const values: Record<string, unknown> = {};
  for (const [name, { schema, required, description }] of Object.entries(contract.headers)) {
    const value = headers.get(name);
    if (value === null) {
      if (required) throw new Problem('invalid-header', `Header ${name} is needed: ${description}`);
      continue;
    }
    const result = schema.safeParse(value);
    if (!result.success)
      throw new Problem(
        'invalid-header',
        `Header ${name}: ${result.error.issues[0]?.message ?? 'malformed'}`,
      );
    values[name] = result.data;
  }
  return values;
}

/** What was made once is sent as it is, to anybody. */
function renderFrozen(frozen: FrozenReply, status: number, request: Request): Answer {
  const headers: Record<string, string> = {
    'Access-Control-Allow-Origin': '*',
    'Cache-Control': `public, max-age=${frozen.maxAgeSeconds}${frozen.isImmutable ? ', immutable' : ''}`,
    ETag: frozen.etag,
    Vary: 'Accept',
  };
  if (matchesEtag(request.headers.get('if-none-match'), frozen.etag))
    return { status: 304, headers, body: null };
  return {
    status,
    headers: { ...headers, 'Content-Type': frozen.mediaType },
    body: frozen.text,
  };
}

/** Media types that say more of their text than its characters: a CSV of ours has a line of headings (RFC 4180). */
const textParameters: Readonly<Record<string, string>> = {
  'text/csv': 'charset=utf-8; header=present',
};

/** The body of a reply: JSON through the declared schema, or text in a media type that the operation declares. */
function writeBody(
  { id }: Operation,
  { schema, mediaType, alsoAs }: ReplyDeclaration,
  { body, text }: AnyReply,
): TextReply | null {
  if (schema === undefined) return null;
  if (text === undefined)
    return {
      mediaType: mediaType ?? 'application/json',
      text: JSON.stringify(schema.parse(body)),
    };
  if (text.mediaType !== mediaType && !Object.hasOwn(alsoAs ?? {}, text.mediaType))
    throw new Error(`Operation ${id} does not declare ${text.mediaType}.`);
  const parameters = textParameters[text.mediaType] ?? 'charset=utf-8';
  return { mediaType: `${text.mediaType}; ${parameters}`, text: text.text };
}

/** The reply through its declared shape, as text with the headers of its kind. */
async function render(
  contract: Operation,
  reply: AnyReply,
  request: Request,
  principal: Principal | null,
): Promise<Answer> {
  const { status, version } = reply;
  const declared = contract.replies[status];
  if (declared === undefined)
    throw new Error(`Operation ${contract.id} does not declare status ${status}.`);

  if (reply.frozen !== undefined) return renderFrozen(reply.frozen, status, request);
  const headers: Record<string, string> = { ...reply.headers };
  if (version !== undefined) headers.ETag = weakEtag(version);
  const differsBy = [
    ...(contract.access.kind === 'public' && contract.access.moreFor ? ['Authorization'] : []),
    ...(declared.alsoAs ? ['Accept'] : []),
  ];
  if (differsBy.length > 0) headers.Vary = differsBy.join(', ');

  const written = writeBody(contract, declared, reply);
  const body = written?.text ?? null;
  if (written !== null) headers['Content-Type'] = written.mediaType;

  const isShared = isPublicRead(contract) && principal === null && status === 200;
  if (isShared) headers['Access-Control-Allow-Origin'] = '*';
  if (!isShared || contract.cache === 'no-store' || body === null) return { status, headers, body };

  const { maxAgeSeconds } = contract.cache ?? { maxAgeSeconds: DEFAULT_MAX_AGE_SECONDS };
  headers['Cache-Control'] = `public, max-age=${maxAgeSeconds}`;
  headers.ETag = await strongEtag(body);
  if (!matchesEtag(request.headers.get('if-none-match'), headers.ETag))
    return { status, headers, body };
  delete headers['Content-Type'];
  return { status: 304, headers, body: null };
}
