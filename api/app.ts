import { type Context, Hono } from 'hono';
import { discardBody } from './http/body.ts';
import { isPublicRead } from './http/contract.ts';
import { readFailure } from './http/failure.ts';
import { type RequestIdentifiers, readIdentifiers } from './http/identifiers.ts';
import { log } from './http/log.ts';
import { asOauthError, OauthError } from './http/oauth-error.ts';
import { Problem, problemBody } from './http/problem.ts';
import type { Answer, Route } from './http/serve.ts';
import type { StaffCaller } from './http/staff.ts';
import type { Service } from './service.ts';

/** Files that the Worker serves beside its operations: the contract and its reference for people. */
const documents = ['/openapi.json', '/openapi-3.0.json', '/docs', '/docs/*'];

/** Headers of every reply, errors included. */
const everyReply = {
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
} as const;

/** What a browser asks before another site's script may read (Fetch standard, CORS preflight). */
const preflight = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, HEAD',
  'Access-Control-Allow-Headers': 'Accept, If-None-Match, X-Request-ID, X-Correlation-ID',
} as const;

/** What whoever calls the application in process may give beside the request. The Worker gives nothing of what comes in. */
export interface InProcess {
  /** The person for whom the console makes the request, instead of an access token. */
  staff?: StaffCaller;
}

/** The API. */
export type Api = Hono<{ Bindings: InProcess }>;

/**
 * The API as one Hono application. Two routes with the same method and path do not start. The console calls the very same
 * application, `app.fetch(request, { staff })`; a request from the network is given no second argument, so that nobody outside
 * can be a person of staff.
 */
export function createApi(service: Service, routes: readonly Route[]): Api {
  const app: Api = new Hono();

  for (const [path, atPath] of routesByPath(routes)) {
    const honoPath = path.replaceAll(/\{(\w+)\}/g, ':$1');
    app.all(honoPath, (context) => answerAt(service, path, atPath, context));
  }
  for (const path of documents)
    app.all(path, (context) => answerDocument(service, context.req.raw));
  app.get('/', (context) =>
    withIdentifiers(service, context.req.raw, null, async () => ({
      status: 302,
      headers: { Location: '/docs' },
      body: null,
    })),
  );
  app.notFound((context) =>
    withIdentifiers(service, context.req.raw, null, async () => {
      throw new Problem(
        'not-found',
        'There is nothing at this path. GET /docs lists what there is.',
      );
    }),
  );
  return app;
}

type RoutesByMethod = Map<string, Route>;

function routesByPath(routes: readonly Route[]): Map<string, RoutesByMethod> {
  const byPath = new Map<string, RoutesByMethod>();
  for (const route of routes) {
    const { id, path, method } = route.contract;
    const atPath = byPath.get(path) ?? new Map<string, Route>();
    if (atPath.has(method.toUpperCase())) throw new Error(`${id}: ${method} ${path} is taken.`);
    atPath.set(method.toUpperCase(), route);
    byPath.set(path, atPath);
  }
  return byPath;
}

async function answerAt(
  service: Service,
  path: string,
  atPath: RoutesByMethod,
  context: Context<{ Bindings: InProcess }>,
): Promise<Response> {
  const request = context.req.raw;
  // Hono's type says that there is always a second argument; there is none for what comes from outside.
  const staff = (context.env as InProcess | undefined)?.staff ?? null;
  const route = atPath.get(request.method === 'HEAD' ? 'GET' : request.method);
  if (route === undefined) return answerOtherMethod(service, path, atPath, request);
  return withIdentifiers(service, request, route, (identifiers) =>
    route.answer(service, request, context.req.param(), identifiers, staff),
  );
}

/** Methods that a path has no operation for: OPTIONS tells what it has, the rest get 405. */
async function answerOtherMethod(
  service: Service,
  path: string,
  atPath: RoutesByMethod,
  request: Request,
): Promise<Response> {
  const methods = [...atPath.keys()];
  if (methods.includes('GET')) methods.push('HEAD');
  const isSignIn = [...atPath.values()].some(
    ({ contract }) => contract.errorShape === 'oauth' && contract.method === 'post',
  );
  const allow = isSignIn ? methods.join(', ') : [...methods, 'OPTIONS'].join(', ');

  return withIdentifiers(service, request, null, async () => {
    if (request.method === 'OPTIONS' && !isSignIn) {
      const read = atPath.get('GET');
      const isShared = read !== undefined && isPublicRead(read.contract);
      const headers = { Allow: allow, ...(isShared && preflight) };
      return { status: 204, headers, body: null };
    }
    // The platform's identity service answers a GET with an empty body, and clients' tests rely on it.
    if (isSignIn) return { status: 405, headers: { Allow: allow }, body: null };
    throw new Problem('method-not-allowed', `${path} has these methods: ${allow}.`, {
      headers: { Allow: allow },
    });
  });
}

/** Runs an answer between reading the request's identifiers and mirroring them, and turns any error into its reply. */
async function withIdentifiers(
  service: Service,
  request: Request,
  route: Route | null,
  answer: (identifiers: RequestIdentifiers) => Promise<Answer>,
): Promise<Response> {
  const { identifiers, problem } = readIdentifiers(request.headers);
  const { requestId, correlationId } = identifiers;
  let answered: Answer;
  try {
    if (problem) throw problem;
    answered = await answer(identifiers);
  } catch (error) {
    answered = answerFailure(error, service, request, route, requestId);
    await discardBody(request);
  }
  const { status, headers, body } = answered;
  return new Response(body, {
    status,
    headers: {
      ...everyReply,
      'Cache-Control': 'no-store',
      'X-Request-ID': requestId,
      ...(correlationId !== null && { 'X-Correlation-ID': correlationId }),
      ...headers,
    },
  });
}

function answerFailure(
  error: unknown,
  service: Service,
  request: Request,
  route: Route | null,
  requestId: string,
): Answer {
  const { refusal, cause } = readFailure(error);
  if (cause !== null)
    log('error', {
      event: 'request-failed',
      operation: route?.contract.id ?? 'none',
      problem: refusal instanceof Problem ? refusal.code : refusal.error,
      requestId,
      cause,
    });
  const { status } = refusal;
  const ownHeaders = refusal instanceof Problem ? refusal.headers : {};
  if (refusal instanceof Problem && route?.contract.errorShape !== 'oauth') {
    const path = new URL(request.url).pathname;
    const body = problemBody(refusal, { serviceUrl: service.url, path, requestId });
    // A dashboard's script must be able to read why it was refused.
    const isShared = route !== null && isPublicRead(route.contract);
    const headers = {
      ...ownHeaders,
      'Content-Type': 'application/problem+json',
      ...(isShared && { 'Access-Control-Allow-Origin': '*' }),
    };
    return { status, headers, body: JSON.stringify(body) };
  }
  const { error: code, message } = refusal instanceof OauthError ? refusal : asOauthError(refusal);
  return {
    status,
    headers: { ...ownHeaders, 'Content-Type': 'application/json' },
    body: JSON.stringify({ error: code, error_description: message, message_id: requestId }),
  };
}

/** A file of the contract, from the static assets, with the headers of a public read. */
async function answerDocument(service: Service, request: Request): Promise<Response> {
  return withIdentifiers(service, request, null, async () => {
    if (!['GET', 'HEAD'].includes(request.method))
      throw new Problem('method-not-allowed', 'Documents can be read only: GET, HEAD.', {
        headers: { Allow: 'GET, HEAD' },
      });
    const file = await service.assets.fetch(request);
    if (file.status === 404) throw new Problem('not-found', 'There is no such document.');
    const headers = {
      ...Object.fromEntries(file.headers),
      'Access-Control-Allow-Origin': '*',
      'Cache-Control': 'public, max-age=300',
      'Content-Security-Policy':
        "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    };
    return { status: file.status, headers, body: file.body };
  });
}
