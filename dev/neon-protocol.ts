import type { Statement, TransactionSettings, Value } from './statements.ts';

/** What Neon itself accepts in one request. */
export const bodyLimitBytes = 64 * 1024 * 1024;

/** The request is not one of Neon's protocol; `status` is the HTTP status to answer. */
export class RequestRefused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'RequestRefused';
    this.status = status;
  }
}

export type ConnectionString = {
  readonly user: string;
  readonly password: string;
  readonly database: string;
};

/**
 * The one place where the connection string of a call is read.
 * @throws RequestRefused (400) when it is missing or malformed
 */
export function parseConnectionString(text: string | undefined): ConnectionString {
  const url = text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^postgres(?:ql)?:$/.test(url.protocol) || url.username === '') {
    throw new RequestRefused(400, 'the Neon-Connection-String header is missing or malformed');
  }
  return {
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
  };
}

function readBoolean(text: string | undefined, name: string): boolean | undefined {
  if (text === undefined) return undefined;
  if (text === 'true' || text === 'false') return text === 'true';
  throw new RequestRefused(400, `the ${name} header must be true or false`);
}

const isolationLevels = [
  'ReadUncommitted',
  'ReadCommitted',
  'RepeatableRead',
  'Serializable',
] as const;

/** The settings of a batch, from its headers. @param header looks one up by its lower-case name */
export function readSettings(header: (name: string) => string | undefined): TransactionSettings {
  const level = header('neon-batch-isolation-level');
  const isolationLevel = isolationLevels.find((known) => known === level);
  if (level !== undefined && isolationLevel === undefined) {
    throw new RequestRefused(400, 'the Neon-Batch-Isolation-Level header names no isolation level');
  }
  const readOnly = readBoolean(header('neon-batch-read-only'), 'Neon-Batch-Read-Only');
  const deferrable = readBoolean(header('neon-batch-deferrable'), 'Neon-Batch-Deferrable');
  return {
    ...(isolationLevel === undefined ? {} : { isolationLevel }),
    ...(readOnly === undefined ? {} : { readOnly }),
    ...(deferrable === undefined ? {} : { deferrable }),
  };
}

/**
 * An element of a PostgreSQL array literal: quoted, so that commas, braces and the word NULL stay
 * text.
 */
function arrayElement(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (Array.isArray(value)) return arrayLiteral(value);
  return `"${String(toValue(value)).replace(/(["\\])/g, '\\$1')}"`;
}

function arrayLiteral(values: readonly unknown[]): string {
  return `{${values.map(arrayElement).join(',')}}`;
}

/**
 * The driver sends text and null; other clients of the protocol send JSON values, which Neon turns
 * into text like this.
 */
function toValue(param: unknown): Value {
  if (typeof param === 'string') return param;
  if (param === null || param === undefined) return null;
  if (Array.isArray(param)) return arrayLiteral(param);
  return typeof param === 'object' ? JSON.stringify(param) : String(param);
}

function toStatement(input: unknown): Statement {
  const { query, params = [] } = (input ?? {}) as { query?: unknown; params?: unknown };
  if (typeof query !== 'string' || !Array.isArray(params)) {
    throw new RequestRefused(400, 'a statement is { "query": "...", "params": [...] }');
  }
  return { query, params: params.map(toValue) };
}

/**
 * One statement, or a batch that stands or falls together.
 * @throws RequestRefused (400) when the body is neither
 */
export function parseRequest(body: string): {
  readonly batch: boolean;
  readonly statements: Statement[];
} {
  let input: unknown;
  try {
    input = JSON.parse(body);
  } catch {
    throw new RequestRefused(400, 'the body is not JSON');
  }
  const queries = (input as { queries?: unknown } | null)?.queries;
  if (Array.isArray(queries)) return { batch: true, statements: queries.map(toStatement) };
  return { batch: false, statements: [toStatement(input)] };
}
