import type { Service } from '../../support/service.ts';

/** A reply as the API shows it. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks into replies of every shape, and asserts what it finds.
export type Shown = any;

/** What came back, read to its end. */
export type Sent = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON of the reply; undefined when it is empty or something else. */
  readonly body: Shown;
};

export type SendOptions = {
  /** The demo client that signs in for it; nobody when left out. */
  readonly as?: string;
  /** An access token to use instead. */
  readonly token?: string | null;
  readonly headers?: Record<string, string>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
};

/** Sends one request as JSON and reads the whole reply. */
export async function send(
  service: Service,
  method: string,
  path: string,
  { as, token, headers = {}, body, signal }: SendOptions = {},
): Promise<Sent> {
  const bearer = token ?? (as === undefined ? undefined : await service.token(as));
  const response = await service.fetch(path, {
    method,
    headers: {
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal !== undefined && { signal }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text !== '' && isJson(response) ? JSON.parse(text) : undefined,
  };
}

const isJson = ({ headers }: Response) => headers.get('content-type')?.includes('json') ?? false;

/** What a refusal says, in a form that reads well when a test fails. */
export function refusalOf({ status, body }: Sent): { status: number; code: unknown } {
  return { status, code: body?.code };
}

/** The pointers of a refused body. */
export function pointersOf({ body }: Sent): string[] {
  return (body?.errors ?? []).map(({ pointer }: { pointer: string }) => pointer);
}

/**
 * Sends until an answer came through. A server may close the connection on a body that it will not read (RFC 9110,
 * 15.5.14), and then the answer, though sent, is sometimes lost to a client that is still sending.
 */
export async function untilAnswered(sendOnce: () => Promise<Sent>): Promise<Sent> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await sendOnce();
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}
