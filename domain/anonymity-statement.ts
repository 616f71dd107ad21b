import type { Question } from './cycle.ts';

/** What is said of one stored field: enough for a reader to judge whether it could point at somebody. */
export interface FieldStatement {
  /** What it is, in plain words. */
  meaning: string;
  /** How finely it is kept. */
  precision: string;
}

/** A table in which something of a submission is kept. */
export interface StoredTable {
  table: string;
  what: string;
  /** How long. */
  kept: string;
  fields: ({ field: string; readers: string[] } & FieldStatement)[];
}

/** What a cycle promises about anonymity: the parts of its definition that the statement repeats. */
export interface StatedCycle {
  id: string;
  title: string;
  organisations: readonly string[];
  channels: readonly string[];
  threshold: number;
  roundTo: number;
  retentionDays: number;
  /** Whether equality answers are published, counted for the whole cycle. */
  equalityTable: boolean;
  questions: readonly Pick<Question, 'code' | 'publication'>[];
}

/** How the service is configured, as far as it bears on anonymity. */
export interface StatedConfiguration {
  /** Days for which the database's own history and backups still hold what was deleted. */
  backupWindowDays: number;
  flushRule: { minWaitingCount: number; minSharingCount: number };
}

export interface AnonymityStatement {
  cycleId: string;
  cycleTitle: string;
  organisations: string[];
  channels: string[];
  stored: StoredTable[];
  neverStored: string[];
  takenApart: { minWaitingCount: number; minSharingCount: number; rule: string };
  readers: string[];
  publication: {
    threshold: number;
    roundTo: number;
    rule: string;
    equality: string;
    words: string;
  };
  retention: { days: number; backupWindowDays: number; rule: string };
  limits: string[];
}

/**
 * The statement of a cycle, from what is really stored and who may really read it. It claims nothing that the service
 * does not do yet; `limits` names what somebody who fears being recognised has to know.
 *
 * @param stored every table and column in which anything of a submission is kept, declared beside the schema and its grants
 */
export function anonymityStatement(
  cycle: StatedCycle,
  stored: readonly StoredTable[],
  { backupWindowDays, flushRule }: StatedConfiguration,
): AnonymityStatement {
  const { minWaitingCount, minSharingCount } = flushRule;
  return {
    cycleId: cycle.id,
    cycleTitle: cycle.title,
    organisations: [...cycle.organisations],
    channels: [...cycle.channels],
    stored: stored.map(({ table, what, kept, fields }) => ({
      table,
      what,
      kept,
      fields: fields.map(({ field, meaning, precision, readers }) => ({
        field,
        meaning,
        precision,
        readers: [...readers],
      })),
    })),
    neverStored: [
      'name, NHS number, date of birth, e-mail address or telephone number: none is ever asked for',
      'address of the device, kind of browser, cookies',
      'the date or time at which something was sent',
      'the sending system, its record numbers and its times',
      'your receipt: only you have it',
    ],
    takenApart: {
      minWaitingCount,
      minSharingCount,
      rule: `Once ${minWaitingCount} or more submissions about one organisation wait, and when the evaluation closes, they are taken apart: ratings, each text and equality answers go separate ways in random order, with nothing in common by which they could be put together again. A text says which service it comes from only where at least ${minSharingCount} of those taken apart with it share that, and from which role only where as many of those share that too.`,
    },
    readers: [
      'moderators of the organisation read texts, one by one, never beside a rating or another text of the same person',
      'nobody reads single ratings or equality answers through this service; results are counted once the evaluation has closed',
      'the people who run the database can read what is stored, but cannot see who sent it or what belongs together',
    ],
    publication: {
      threshold: cycle.threshold,
      roundTo: cycle.roundTo,
      rule: 'A group of fewer people than the threshold is never shown, and so much more is hidden that it cannot be worked out from what is shown; counts are rounded. The threshold may be raised, never lowered. A release never changes; what you withdraw afterwards is not counted in the next one, which repeats what it said before where too few people have changed.',
      equality: cycle.equalityTable
        ? 'Equality answers are counted for the evaluation as a whole and published as one table by the same rule: never by organisation, service or role, and never beside a rating.'
        : 'Equality answers are not published, not even as numbers.',
      words: wordsRule(cycle.questions),
    },
    retention: {
      days: cycle.retentionDays,
      backupWindowDays,
      rule: `Ratings, texts and equality answers are deleted ${cycle.retentionDays} days after the evaluation closes, unless the law demands that they are kept (a legal hold, which the evaluation then shows). Backups of the database still hold what was deleted for up to ${backupWindowDays} days.`,
    },
    limits: [
      'Telephone numbers, e-mail addresses, postcodes and the like are taken out before anything is stored, and a person reads every text before anybody else sees it. Still, what you write can itself say who you are: leave out names and places.',
      'Until it is taken apart, what you send waits in one piece, in the order in which it came. Afterwards nothing shows the order.',
      'If only a few people take part, those who know you may guess.',
      'Nobody can reply to what you send. If you need help now: NHS 111 option 2, 999, or Samaritans on 116 123.',
    ],
  };
}

/** What becomes of words, by the question under which they were written. */
function wordsRule(questions: StatedCycle['questions']): string {
  const codesOf = (publication: Question['publication']) =>
    questions.filter((question) => question.publication === publication).map(({ code }) => code);
  const [whole, kept] = [codesOf('whole'), codesOf('private')];
  return [
    'A person reads every text before anything is done with it. Words may then be quoted in themes and in answers, without your role and service; if you take a text back, its quotes are gone.',
    ...(whole.length > 0
      ? [`What you write under ${whole.join(', ')} may be published whole.`]
      : []),
    ...(kept.length > 0
      ? [`What you write under ${kept.join(', ')} is never published, nor quoted.`]
      : []),
  ].join(' ');
}
