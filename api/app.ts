import { type Context, Hono } from 'hono';
import { discardBody } from './http/body.ts';
import { isPublicRead } from './http/contract.ts';
import { readFailure } from './http/failure.ts';
import { readIdentifiers } from './http/identifiers.ts';
import { log } from './http/log.ts';
import { asOauthError, OauthError } from './http/oauth-error.ts';
import { Problem, problemBody } from './http/problem.ts';
import type { Route } from './http/serve.ts';
import type { Service } from './service.ts';

/** Files that the Worker serves beside its operations: the contract and its reference for people. */
const documents = ['/openapi.json', '/openapi-3.0.json', '/docs', '/docs/*'];

/** Headers of every reply, errors included. */
const everyReply = {
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
} as const;

/** The API as one Hono application. Two routes with the same method and path do not start. */
export function createApi(service: Service, routes: readonly Route[]): Hono {
  const app = new Hono();

  for (const [path, atPath] of routesByPath(routes)) {
    const honoPath = path.replaceAll(/\{(\w+)\}/g, ':$1');
    app.all(honoPath, (context) => answerAt(service, path, atPath, context));
  }
  for (const path of documents)
    app.all(path, (context) => answerDocument(service, context.req.raw));
  app.get('/', (context) =>
    withIdentifiers(
      service,
      context.req.raw,
      null,
      async () => new Response(null, { status: 302, headers: { Location: '/docs' } }),
    ),
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
  context: Context,
): Promise<Response> {
  const request = context.req.raw;
  const route = atPath.get(request.method === 'HEAD' ? 'GET' : request.method);
  if (route === undefined) return answerOtherMethod(service, path, atPath, request);
  return withIdentifiers(service, request, route, (identifiers) =>
    route.answer(service, request, context.req.param(), identifiers),
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
      const headers = new Headers({ Allow: allow, 'Cache-Control': 'no-store' });
      const read = atPath.get('GET');
      if (read && isPublicRead(read.contract)) {
        headers.set('Access-Control-Allow-Origin', '*');
        headers.set('Access-Control-Allow-Methods', 'GET, HEAD');
        headers.set(
          'Access-Control-Allow-Headers',
          'Accept, If-None-Match, X-Request-ID, X-Correlation-ID',
        );
      }
      return new Response(null, { status: 204, headers });
    }
    // The platform's identity service answers a GET with an empty body, and clients' tests rely on it.
    if (isSignIn) return new Response(null, { status: 405, headers: { Allow: allow } });
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
  answer: (identifiers: { requestId: string; correlationId: string | null }) => Promise<Response>,
): Promise<Response> {
  const { identifiers, problem } = readIdentifiers(request.headers);
  let response: Response;
  try {
    if (problem) throw problem;
    response = await answer(identifiers);
  } catch (error) {
    response = answerFailure(error, service, request, route, identifiers.requestId);
    await discardBody(request);
  }
  const { headers } = response;
  for (const [name, value] of Object.entries(everyReply)) headers.set(name, value);
  headers.set('X-Request-ID', identifiers.requestId);
  if (identifiers.correlationId !== null)
    headers.set('X-Correlation-ID', identifiers.correlationId);
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
  return response;
}

function answerFailure(
  error: unknown,
  service: Service,
  request: Request,
  route: Route | null,
  requestId: string,
): Response {
  const { refusal, cause } = readFailure(error);
  if (cause !== null)
    log('error', {
      event: 'request-failed',
      operation: route?.contract.id ?? 'none',
      problem: refusal instanceof Problem ? refusal.code : refusal.error,
      requestId,
      cause,
    });
  if (refusal instanceof Problem && route?.contract.errorShape !== 'oauth') {
    const path = new URL(request.url).pathname;
    const body = problemBody(refusal, { serviceUrl: service.url, path, requestId });
    const headers = new Headers({
      ...refusal.headers,
      'Content-Type': 'application/problem+json',
    });
    // A dashboard's script must be able to read why it was refused.
    if (route && isPublicRead(route.contract)) headers.set('Access-Control-Allow-Origin', '*');
    return new Response(JSON.stringify(body), { status: refusal.status, headers });
  }
  const oauthError = refusal instanceof OauthError ? refusal : asOauthError(refusal);
  return Response.json(
    {
      error: oauthError.error,
      error_description: oauthError.message,
      message_id: requestId,
    },
    {
      status: oauthError.status,
      headers: refusal instanceof Problem ? refusal.headers : {},
    },
  );
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
    const headers = new Headers(file.headers);
    headers.set('Access-Control-Allow-Origin', '*');
    headers.set('Cache-Control', 'public, max-age=300');
    headers.set(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    );
    return new Response(file.body, { status: file.status, headers });
  });
}
