import { getTableColumns, getTableName, type Table } from 'drizzle-orm';
import type { FieldStatement, StoredTable } from '../domain/anonymity-statement.ts';
import { type RuntimeRole, roles, runtimeRoles } from './roles.ts';
import { equalityParts, inbox, ratingParts, textParts, usedReceipts } from './schema/index.ts';

/*
 * Every column of every table in which anything of a submission is kept, in plain words. A column that is added without a
 * line here does not compile, and a test holds all of it against the catalogue of the database.
 */

type Fields<Of extends Table> = Readonly<Record<keyof Of['$inferSelect'], FieldStatement>>;

const randomId = { meaning: 'A random number that tells rows apart', precision: 'random' };
const cycle = { meaning: 'The evaluation that this answers', precision: 'exact' };
const organisation = { meaning: 'The organisation that this is about', precision: 'exact' };
const perspective = { meaning: 'The role from which you speak', precision: 'one of seven' };
const receiptHash = {
  meaning: 'By which your receipt finds this part, and no other; random where nobody has a receipt',
  precision: 'keyed hash',
};
const asIs = {
  meaning: 'How you rate each standard as things are',
  precision: 'the scale of the set',
};
const toBe = { meaning: 'How you wish each standard to be', precision: 'the scale of the set' };
const ethnicity = {
  meaning: 'Your ethnic group, if you said so',
  precision: 'one of the NHS categories',
};
const service = {
  meaning: 'The service that this is about, if you said so',
  precision: 'exact',
};

const inboxFields: Fields<typeof inbox> = {
  id: randomId,
  cycleId: cycle,
  organisation,
  service,
  perspective,
  asIs,
  toBe,
  answers: {
    meaning:
      'What you wrote, after telephone numbers, e-mail addresses, postcodes and the like were taken out',
    precision: 'as you wrote it otherwise',
  },
  safeguarding: {
    meaning: 'Whether what you wrote speaks of danger, so that a person reads it first',
    precision: 'yes or no for each answer',
  },
  ethnicity,
  ratingReceipt: receiptHash,
  textReceipts: receiptHash,
  equalityReceipt: receiptHash,
};

const ratingFields: Fields<typeof ratingParts> = {
  id: randomId,
  cycleId: cycle,
  organisation,
  service,
  perspective,
  asIs,
  toBe,
  receiptHash,
};

const textFields: Fields<typeof textParts> = {
  id: randomId,
  cycleId: cycle,
  organisation,
  service: { ...service, precision: 'exact, or left out where too few share it' },
  perspective: { ...perspective, precision: 'one of seven, or left out where too few share it' },
  question: { meaning: 'The question that this answers', precision: 'exact' },
  text: inboxFields.answers,
  safeguarding: {
    meaning: 'Whether it speaks of danger, so that a person reads it first',
    precision: 'yes or no',
  },
  decision: {
    meaning: 'What a moderator decided: publish, keep private, redact or delete',
    precision: 'one of four',
  },
  decisionReason: { meaning: "The moderator's reason", precision: 'a short text' },
  themes: { meaning: 'The themes in which a moderator found it', precision: 'exact' },
  receiptHash,
};

const equalityFields: Fields<typeof equalityParts> = {
  id: randomId,
  cycleId: cycle,
  organisation,
  ethnicity,
  receiptHash,
};

const usedReceiptFields: Fields<typeof usedReceipts> = {
  receiptHash: {
    meaning:
      'That a receipt made on your own device was used, so that the same submission is not stored twice; it finds nothing else',
    precision: 'keyed hash',
  },
  cycleId: cycle,
};

const readerNames: Readonly<Record<RuntimeRole, string>> = {
  full_circle_public: 'anybody',
  full_circle_trust: "the part of the service that takes in what trusts' systems send",
  full_circle_staff: 'moderators of the organisation',
  full_circle_flusher: 'the scheduled job',
};

/** Who may read a column, by the grants of the database. */
function readersOf(table: string, column: string): string[] {
  return runtimeRoles
    .filter((role) => roles[role].tables[table]?.select?.includes(column))
    .map((role) => readerNames[role]);
}

function stored<Of extends Table>(
  table: Of,
  fields: Fields<Of>,
  words: { what: string; kept: string },
): StoredTable {
  const name = getTableName(table);
  return {
    table: name,
    ...words,
    fields: Object.entries(getTableColumns(table)).map(([member, column]) => ({
      field: column.name,
      ...fields[member as keyof typeof fields],
      readers: readersOf(name, column.name),
    })),
  };
}

const untilRetentionEnds = 'until the retention period of this evaluation has passed';

/** Everything that is stored of a submission, table by table. */
export const storedTables: readonly StoredTable[] = [
  stored(inbox, inboxFields, {
    what: 'What you send, while it waits to be taken apart',
    kept: 'until it is taken apart',
  }),
  stored(ratingParts, ratingFields, {
    what: 'Your ratings, apart from your words',
    kept: untilRetentionEnds,
  }),
  stored(textParts, textFields, {
    what: 'Each of your answers, apart from the others and from your ratings',
    kept: untilRetentionEnds,
  }),
  stored(equalityParts, equalityFields, {
    what: 'Your equality answer, apart from everything else',
    kept: untilRetentionEnds,
  }),
  stored(usedReceipts, usedReceiptFields, {
    what: 'That a receipt was used',
    kept: untilRetentionEnds,
  }),
];
