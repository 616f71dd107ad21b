import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { type Operation, problemsOf } from '../../../api/http/contract.ts';
import { type ProblemCode, problemCatalogue } from '../../../api/http/problem.ts';
import type { Service } from '../../support/service.ts';
import type { ValidRequest } from './valid-requests.ts';

/** A reply, read to its end. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The path that was asked, without its query. */
  path: string;
}

export interface Changes {
  token?: string | undefined;
  method?: string;
  params?: Record<string, string>;
  /** In place of the request's own; a list of pairs may repeat a name. */
  query?: Record<string, string> | string[][];
  /** Over the request's own; null leaves one out. */
  headers?: Record<string, string | null>;
  /** Bytes in place of the declared body. */
  bytes?: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null;
}

const encoder = new TextEncoder();

/** The body of a valid request as the operation's media type writes it; null where it takes none. */
export function bodyBytes(
  { body }: Operation,
  request: ValidRequest,
): Uint8Array<ArrayBuffer> | null {
  if (body === undefined) return null;
  const value = request.body ?? Object.values(body.examples)[0]?.value;
  return encoder.encode(
    body.mediaType === 'application/x-www-form-urlencoded'
      ? new URLSearchParams(value as Record<string, string>).toString()
      : JSON.stringify(value),
  );
}

export function pathOf({ path }: Operation, params: Record<string, string> = {}): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
}

/** Sends a valid request with some changes. */
export async function send(
  service: Service,
  operation: Operation,
  request: ValidRequest,
  changes: Changes = {},
): Promise<Answer> {
  const path = pathOf(operation, { ...request.params, ...changes.params });
  const search = new URLSearchParams(changes.query ?? request.query ?? {});
  const url = `${path}${search.size > 0 ? `?${search}` : ''}`;
  const identifiers = { 'x-request-id': randomUUID(), 'x-correlation-id': 'tests/every-route' };
  const method = changes.method ?? operation.method.toUpperCase();
  const bytes = changes.bytes === undefined ? bodyBytes(operation, request) : changes.bytes;
  const hasBody = bytes !== null && !['GET', 'HEAD'].includes(method);

  const headers = new Headers(identifiers);
  if (hasBody) headers.set('content-type', operation.body?.mediaType ?? 'application/json');
  if (changes.token !== undefined) headers.set('authorization', `Bearer ${changes.token}`);
  for (const [name, value] of Object.entries({ ...request.headers, ...changes.headers }))
    if (value === null) headers.delete(name);
    else headers.set(name, value);

  return ask(service, operation, url, {
    method,
    headers,
    ...(hasBody && { body: bytes, duplex: 'half' }),
  } as RequestInit & { headers: Headers });
}

/**
 * Sends a request as it is given, and checks what must hold for every reply whatever it says: its security
 * headers, its mirrored identifiers, and that only public reads may be kept by anybody.
 */
export async function ask(
  service: Service,
  operation: Operation,
  url: string,
  init: RequestInit & { headers: Headers },
): Promise<Answer> {
  const { headers } = init;
  // Compressing small replies costs more time than all else here.
  if (!headers.has('accept-encoding')) headers.set('accept-encoding', 'identity');
  const response = await service.fetch(url, init);
  const answer = {
    status: response.status,
    headers: response.headers,
    text: await response.text(),
    path: new URL(url, service.url).pathname,
  };
  // The proxy before the Worker says so in its own words; the Worker's replies all carry the header.
  if (!answer.headers.has('x-request-id') && answer.text.includes('Network connection lost'))
    throw new TypeError('the connection broke', { cause: answer.text });
  expectHeadersOfEveryReply(answer, operation, init.method ?? 'GET');
  expectMirrored(answer, headers);
  return answer;
}

/**
 * Tries again where the connection broke: a server that refuses a body without reading it to its end may close
 * before the refusal is read (RFC 9112 section 9.6).
 */
export async function untilAnswered(send: () => Promise<Answer>, tries = 10): Promise<Answer> {
  try {
    return await send();
  } catch (error) {
    const isBroken = error instanceof TypeError && error.cause !== undefined;
    if (!isBroken || tries === 1) throw error;
    return untilAnswered(send, tries - 1);
  }
}

function expectHeadersOfEveryReply(
  { headers, status, text }: Answer,
  operation: Operation,
  method: string,
): void {
  const security = headers.get('strict-transport-security') ?? '';
  expect(security, `${status} ${text}`).toMatch(/^max-age=\d{8,}/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  const isPublicRead = operation.access.kind === 'public' && operation.method === 'get';
  if (!isPublicRead || status >= 400) expect(headers.get('cache-control')).toBe('no-store');
  // OPTIONS answers for the whole path, which may have a public read too.
  if (!isPublicRead && method !== 'OPTIONS')
    expect(headers.get('access-control-allow-origin')).toBeNull();
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Identifiers come back as they were sent; a malformed one never does. */
function expectMirrored(answer: Answer, sent: Headers): void {
  const requestId = sent.get('x-request-id');
  const correlationId = sent.get('x-correlation-id');
  const back = answer.headers.get('x-request-id');
  if (requestId !== null && uuid.test(requestId)) expect(back).toBe(requestId);
  else expect(back).toMatch(uuid);
  const isGood = correlationId !== null && /^[\x21-\x7e]{1,128}$/.test(correlationId);
  expect(answer.headers.get('x-correlation-id')).toBe(isGood ? correlationId : null);
}

export interface ProblemBody {
  errors?: { pointer: string; detail: string }[];
}

/** Expects a problem of the catalogue that the operation declares, in the shape that it declares. */
export function expectProblem(
  answer: Answer,
  operation: Operation | null,
  code: ProblemCode,
): ProblemBody {
  const { status, title } = problemCatalogue[code];
  const body = JSON.parse(answer.text || 'null') as Record<string, unknown>;
  expect(answer.status, answer.text).toBe(status);
  if (operation?.errorShape === 'oauth') return expectOauthError(answer, operation);

  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const { errors, ...rest } = body;
  expect(rest).toEqual({
    type: expect.stringMatching(new RegExp(`^https?://[^/]+/docs/problems#${code}$`)),
    title,
    status,
    detail: expect.stringMatching(/\S/),
    instance: answer.path,
    code,
    requestId: answer.headers.get('x-request-id'),
  });
  if (code === 'validation-failed') {
    expect(Array.isArray(errors) && errors.length >= 1 && errors.length <= 100).toBe(true);
    for (const error of errors as unknown[])
      expect(error).toEqual({
        pointer: expect.stringMatching(/^(\/([^~]|~[01])*)*$/s),
        detail: expect.stringMatching(/\S/),
      });
  } else expect(errors).toBeUndefined();
  if (operation !== null) expect(problemsOf(operation)).toContain(code);
  return body as ProblemBody;
}

/** Expects an error in the shape of the NHS platform, with a status that the operation declares. */
export function expectOauthError(answer: Answer, operation: Operation): ProblemBody {
  expect(JSON.parse(answer.text)).toEqual({
    error: expect.stringMatching(/\S/),
    error_description: expect.stringMatching(/\S/),
    message_id: answer.headers.get('x-request-id'),
  });
  expect(Object.keys(operation.replies)).toContain(String(answer.status));
  return {};
}

/** Expects a reply that the operation declares, in its declared shape and media type. */
export function expectDeclared(answer: Answer, operation: Operation): unknown {
  const declared = operation.replies[answer.status];
  expect(declared, `${answer.status} ${answer.text}`).toBeDefined();
  if (declared?.schema === undefined) {
    expect(answer.text).toBe('');
    return undefined;
  }
  const type = answer.headers.get('content-type') ?? '';
  if (Object.keys(declared.alsoAs ?? {}).some((mediaType) => type.startsWith(mediaType))) {
    expect(answer.text).not.toBe('');
    return undefined;
  }
  expect(type).toMatch(declared.mediaType ?? 'application/json');
  const body: unknown = /json/.test(type) ? JSON.parse(answer.text) : answer.text;
  // Parsing changes nothing: no member is there that the contract does not name.
  expect(declared.schema.parse(body)).toEqual(body);
  return body;
}
