import type * as z from 'zod';
import type { Operation } from '../api/http/contract.ts';

/** What an operation is asked with, by its own shapes; members that it does not declare are left out. */
export interface Question<Declared extends Operation> {
  params?: Declared['params'] extends z.ZodType ? z.input<Declared['params']> : undefined;
  query?: Declared['query'] extends z.ZodType ? z.input<Declared['query']> : undefined;
  body?: Declared['body'] extends { schema: infer Schema extends z.ZodType }
    ? z.input<Schema>
    : undefined;
  /** The version that was read, for a change. */
  version?: number;
  /** The media type that is wanted where it is not JSON. */
  accept?: string;
}

type SuccessOf<Declared extends Operation> = Exclude<
  keyof Declared['replies'] & number,
  400 | 401 | 403 | 413 | 415 | 429 | 500 | 503
>;

/** What an operation answered: a status that it declares, with a body of its shape. */
export type Answered<Declared extends Operation> = {
  [Status in SuccessOf<Declared>]: {
    status: Status;
    body: Declared['replies'][Status] extends { schema: infer Schema extends z.ZodType }
      ? z.output<Schema>
      : undefined;
    /** The version of a staff resource, as its ETag names it; null where there is none. */
    version: number | null;
    location: string | null;
  };
}[SuccessOf<Declared>];

/** A refusal of the API (RFC 9457), for the page to explain. */
export class ApiProblem extends Error {
  override name = 'ApiProblem';
  readonly status: number;
  readonly code: string;
  readonly errors: readonly { pointer: string; detail: string }[];

  constructor(
    status: number,
    problem: { code?: string; detail?: string; errors?: { pointer: string; detail: string }[] },
  ) {
    super(problem.detail ?? 'The service refused this.');
    this.status = status;
    this.code = problem.code ?? 'internal';
    this.errors = problem.errors ?? [];
  }
}

/** Sends a request to the API in this very process, as the person of the session. */
export type SendToApi = (request: Request) => Promise<Response>;

/**
 * The API's own operations, called in process through the same contracts as over the network: whatever the console can do the
 * API can do, and who may do what is decided in one place.
 */
export class ApiClient {
  readonly #send: SendToApi;
  readonly #serviceUrl: string;
  readonly #requestId: string;

  constructor(send: SendToApi, serviceUrl: string, requestId: string) {
    this.#send = send;
    this.#serviceUrl = serviceUrl;
    this.#requestId = requestId;
  }

  /** @throws ApiProblem where the API refuses */
  async call<const Declared extends Operation>(
    operation: Declared,
    question: Question<Declared> = {},
  ): Promise<Answered<Declared>> {
    const response = await this.raw(operation, question);
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    const body: unknown = isJson ? await response.json() : undefined;
    if (!isJson) await response.body?.cancel();
    if (response.status >= 400) throw new ApiProblem(response.status, (body ?? {}) as object);
    const version = /^W\/"(\d+)"$/.exec(response.headers.get('etag') ?? '')?.[1];
    return {
      status: response.status,
      body,
      version: version === undefined ? null : Number(version),
      location: response.headers.get('location'),
    } as Answered<Declared>;
  }

  /** The answer as it comes, for a file that is passed on. */
  raw<const Declared extends Operation>(
    operation: Declared,
    { params, query, body, version, accept }: Question<Declared> = {},
  ): Promise<Response> {
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(String((params as Record<string, unknown> | undefined)?.[name] ?? '')),
    );
    const url = new URL(path, this.#serviceUrl);
    for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>))
      if (value !== undefined) url.searchParams.set(name, String(value));
    const headers = new Headers({
      Accept: accept ?? 'application/json',
      'X-Request-ID': this.#requestId,
    });
    if (body !== undefined) headers.set('Content-Type', 'application/json');
    if (version !== undefined) headers.set('If-Match', `W/"${version}"`);
    return this.#send(
      new Request(url, {
        method: operation.method.toUpperCase(),
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
  }
}
