/**
 * What passes between the Neon endpoint and a database: statements in, rows as PostgreSQL's own
 * text out. Text is not parsed on the way: the Neon driver does that inside the Worker, exactly as
 * it does in production.
 */

/** A parameter or a column as PostgreSQL writes it; SQL NULL is null. */
export type Value = string | null;

export type Statement = { readonly query: string; readonly params: readonly Value[] };

/** One column of a result, named as in Neon's HTTP protocol. `dataTypeID` is the type's oid. */
export type Field = {
  readonly name: string;
  readonly tableID: number;
  readonly columnID: number;
  readonly dataTypeID: number;
  readonly dataTypeSize: number;
  readonly dataTypeModifier: number;
  readonly format: 'text';
};

export type StatementResult = {
  command: string;
  rowCount: number | null;
  fields: Field[];
  rows: Value[][];
  rowAsArray: true;
};

export type TransactionSettings = {
  readonly isolationLevel?: 'ReadUncommitted' | 'ReadCommitted' | 'RepeatableRead' | 'Serializable';
  readonly readOnly?: boolean;
  readonly deferrable?: boolean;
};

const errorMembers = [
  'severity',
  'code',
  'detail',
  'hint',
  'position',
  'internalPosition',
  'internalQuery',
  'where',
  'schema',
  'table',
  'column',
  'dataType',
  'constraint',
  'file',
  'line',
  'routine',
] as const;

/** The members of a PostgreSQL error that the Neon driver copies onto its own error. */
export type ErrorMembers = { [member in (typeof errorMembers)[number]]?: string | undefined };

/**
 * The database answered, and refused the statement: a constraint, a syntax error, a missing right.
 */
export class StatementRefused extends Error {
  readonly members: ErrorMembers;

  constructor(error: ErrorMembers & { readonly message: string }) {
    super(error.message);
    this.name = 'StatementRefused';
    const members: ErrorMembers = {};
    for (const member of errorMembers) members[member] = error[member];
    this.members = members;
  }
}

/**
 * The database cannot be reached, or went away while it worked. `code` is a SQLSTATE or a system
 * error code.
 */
export class DatabaseUnavailable extends Error {
  readonly code: string | undefined;

  constructor(message: string, code?: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'DatabaseUnavailable';
    this.code = code;
  }
}

/**
 * Whether a SQLSTATE says that the server goes away or takes nobody in, rather than that the
 * statement is wrong.
 */
export function saysUnavailable(sqlState: string | undefined): boolean {
  return (
    sqlState !== undefined &&
    (sqlState.startsWith('08') || sqlState.startsWith('57P') || sqlState === '53300')
  );
}

const isolationLevels = {
  ReadUncommitted: 'READ UNCOMMITTED',
  ReadCommitted: 'READ COMMITTED',
  RepeatableRead: 'REPEATABLE READ',
  Serializable: 'SERIALIZABLE',
} as const;

/** The statement that opens a transaction with these settings. */
export function begin(settings: TransactionSettings): Statement {
  const words = ['BEGIN'];
  if (settings.isolationLevel !== undefined)
    words.push(`ISOLATION LEVEL ${isolationLevels[settings.isolationLevel]}`);
  if (settings.readOnly !== undefined) words.push(settings.readOnly ? 'READ ONLY' : 'READ WRITE');
  if (settings.deferrable !== undefined)
    words.push(settings.deferrable ? 'DEFERRABLE' : 'NOT DEFERRABLE');
  return { query: words.join(' '), params: [] };
}

/** Takes on a role until the transaction ends. */
export function assume(role: string): Statement {
  return { query: `SET LOCAL ROLE "${role.replaceAll('"', '""')}"`, params: [] };
}

export const commit: Statement = { query: 'COMMIT', params: [] };
export const rollback: Statement = { query: 'ROLLBACK', params: [] };

type FieldMessage = Omit<Field, 'format'>;

/**
 * Gathers the answers of a pipeline of statements, in order, from the messages of PostgreSQL's wire
 * protocol.
 */
export class ResultCollector {
  readonly results: StatementResult[] = [];
  #fields: Field[] = [];
  #rows: Value[][] = [];

  describe(fields: readonly FieldMessage[]): void {
    this.#fields = fields.map((field) => ({
      name: field.name,
      tableID: field.tableID,
      columnID: field.columnID,
      dataTypeID: field.dataTypeID,
      dataTypeSize: field.dataTypeSize,
      dataTypeModifier: field.dataTypeModifier,
      format: 'text',
    }));
  }

  row(values: Value[]): void {
    this.#rows.push(values);
  }

  /** @param tag PostgreSQL's command tag, such as `INSERT 0 5`; empty for an empty query */
  complete(tag: string): void {
    const words = tag.split(' ');
    const count = words.length > 1 ? Number(words.at(-1)) : Number.NaN;
    this.results.push({
      command: words[0] ?? '',
      rowCount: Number.isInteger(count) ? count : null,
      fields: this.#fields,
      rows: this.#rows,
      rowAsArray: true,
    });
    this.#fields = [];
    this.#rows = [];
  }
}
