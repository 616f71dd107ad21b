import type * as z from 'zod';
import type { Scope } from '../../domain/vocabulary.ts';
import type { ProblemCode } from './problem.ts';
import type { RateLimitName } from './rate-limit.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The scope that is needed; or several, of which any one will do. */
export type NeededScope = Scope | readonly [Scope, Scope, ...Scope[]];

/**
 * Who may call an operation.
 *
 * - `public`: anybody. With `moreFor`, a token with such a scope is told more than the public; a bad token is refused.
 * - `scope`: a client whose token holds such a scope. With `orPublic`, anybody too, but a token that is sent must hold it.
 * - `status-key`: whoever holds the key of the monitoring endpoint (header `apikey`).
 */
export type Access =
  | { kind: 'public'; moreFor?: NeededScope }
  | { kind: 'scope'; scope: NeededScope; orPublic?: boolean }
  | { kind: 'status-key' };

/** A request header of an operation, by its name in lower case. */
export interface HeaderDeclaration {
  schema: z.ZodType;
  required: boolean;
  description: string;
  example: string;
}

export interface BodyDeclaration {
  /** What the contract publishes and, unless `door` is given, what a body is parsed with. */
  schema: z.ZodType;
  /** A looser shape to parse with, where the handler looks at items one by one so that one wrong refuses only itself. */
  door?: z.ZodType;
  mediaType?: 'application/json' | 'application/x-www-form-urlencoded';
  maxBytes: number;
  examples: Record<string, { summary: string; value: unknown }>;
}

export interface ReplyDeclaration {
  description: string;
  /** Every reply is parsed through it, so that what it does not name cannot leave. Absent: no body. */
  schema?: z.ZodType;
  /** JSON of this type; or, with a schema that is a string, text that the handler makes. */
  mediaType?: string;
  /** Further media types in which the same can be had, as text that the handler makes, with an example of each. */
  alsoAs?: Readonly<Record<string, string>>;
  /** Headers that this reply carries beside those of every reply. */
  headers?: Record<string, { description: string; example: string }>;
  example?: unknown;
}

/**
 * One operation, declared once: the handler's types, the request's checks, the OpenAPI documents, the typed
 * client and the every-route tests are all derived from this.
 */
export interface Operation {
  id: string;
  method: Method;
  /** OpenAPI path template, such as `/v1/cycles/{cycleId}`. */
  path: string;
  tag: string;
  summary: string;
  description: string;
  access: Access;
  params?: z.ZodObject;
  query?: z.ZodObject;
  headers?: Record<string, HeaderDeclaration>;
  /** `required`: a change to a versioned thing needs the version that was read. `optional`: held against it when sent. */
  ifMatch?: 'required' | 'optional';
  body?: BodyDeclaration;
  replies: Record<number, ReplyDeclaration>;
  /** Problems of this operation beside those that follow from the declaration. */
  problems: readonly ProblemCode[];
  /** How a public read may be cached; `no-store` for what must always be fresh. Other operations are never cached. */
  cache?: { maxAgeSeconds: number } | 'no-store';
  /** How often one sender may call it; a client that is signed in is not held to `publicSubmission`. */
  rateLimit?: RateLimitName;
  /** Sign-in and monitoring speak their platform's error shape instead of problem+json. */
  errorShape?: 'problem' | 'oauth';
  /** Never reads the database, so cannot answer 503. */
  withoutDatabase?: boolean;
}

/** Declares an operation, keeping its literal types for `serve`. */
export function operation<const Declared extends Operation>(declared: Declared): Declared {
  return declared;
}

/** The parsed value of a schema that may not be declared. */
type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** A body as the handler gets it: through the door where there is one. */
type ParsedBody<Body> = Body extends { door: infer Door }
  ? Parsed<Door>
  : Body extends { schema: infer Schema }
    ? Parsed<Schema>
    : undefined;

/** What the handler of an operation is given of the request: parsed, nothing else. */
export interface ParsedRequest<Declared extends Operation> {
  params: Parsed<Declared['params']>;
  query: Parsed<Declared['query']>;
  headers: Declared['headers'] extends Record<string, HeaderDeclaration>
    ? {
        [Name in keyof Declared['headers']]: Declared['headers'][Name]['required'] extends true
          ? z.output<Declared['headers'][Name]['schema']>
          : z.output<Declared['headers'][Name]['schema']> | undefined;
      }
    : undefined;
  body: ParsedBody<Declared['body']>;
  /** The bytes of the body as they came; empty without one. */
  bodyBytes: Uint8Array<ArrayBuffer>;
  /** The media type to reply with: what the request prefers of those that the operation has. */
  mediaType: string;
  /** The version named by If-Match; undefined where none was sent. */
  ifMatch: Declared['ifMatch'] extends 'required' ? number : number | undefined;
}

/**
 * A reply that was made once and does not change: its JSON was parsed through the contract when it was made, and is sent as
 * it was kept.
 */
export interface FrozenReply {
  text: string;
  mediaType: string;
  etag: string;
  maxAgeSeconds: number;
  /** It will never be another: a reader need not ask again. */
  isImmutable: boolean;
}

/** A reply that the handler wrote as text, in a media type of the operation that is not JSON. */
export interface TextReply<MediaType extends string = string> {
  mediaType: MediaType;
  text: string;
}

/** The media types in which a declared reply can be had as text. */
type TextTypes<Declared> =
  | (Declared extends { alsoAs: infer Also } ? keyof Also & string : never)
  | (Declared extends { schema: z.ZodString; mediaType: infer Own extends string } ? Own : never);

/** What a handler may answer: one of the declared statuses with a body of its schema. */
export type Reply<Declared extends Operation> = {
  [Status in keyof Declared['replies'] & number]: {
    status: Status;
    headers?: Record<string, string>;
    /** Version of a staff resource: sent as the weak ETag. */
    version?: number;
  } & (Declared['replies'][Status] extends { schema: infer Schema extends z.ZodType }
    ?
        | { body: z.input<Schema>; frozen?: undefined; text?: undefined }
        | { frozen: FrozenReply; body?: undefined; text?: undefined }
        | {
            text: TextReply<TextTypes<Declared['replies'][Status]>>;
            body?: undefined;
            frozen?: undefined;
          }
    : { body?: undefined; frozen?: undefined; text?: undefined });
}[keyof Declared['replies'] & number];

/** The scopes that allow an operation, or more of it: any one of them will do. None where a scope plays no part. */
export function scopesOf(access: Access): readonly Scope[] {
  const needed =
    access.kind === 'scope' ? access.scope : access.kind === 'public' ? access.moreFor : undefined;
  if (needed === undefined) return [];
  return typeof needed === 'string' ? [needed] : needed;
}

/** Problems that an operation can answer with: its own and those that follow from what it declares. */
export function problemsOf(declared: Operation): ProblemCode[] {
  const { access, body, ifMatch } = declared;
  const codes = new Set<ProblemCode>(declared.problems);
  codes.add('invalid-header').add('not-acceptable').add('internal').add('validation-failed');
  if (!declared.withoutDatabase) codes.add('database-unavailable');
  const needsScope = scopesOf(access).length > 0;
  if (access.kind === 'status-key' || needsScope) codes.add('unauthenticated');
  if (needsScope) codes.add('forbidden');
  if (declared.params) codes.add('not-found');
  if (declared.rateLimit) codes.add('too-many-requests');
  if (body) codes.add('unsupported-media-type').add('payload-too-large');
  if (ifMatch) codes.add('precondition-failed');
  if (ifMatch === 'required') codes.add('precondition-required');
  return [...codes];
}

/** Whether an operation is a public read: cacheable, and readable by any site's script. */
export function isPublicRead(declared: Operation): boolean {
  return declared.method === 'get' && declared.access.kind === 'public';
}

/** Whether only a trust's system, or the public, may do it: what a person sends would be in nobody's name. */
export function isSubmitting(access: Access): boolean {
  return access.kind === 'scope' && access.scope === 'submissions:write';
}
