import { and, arrayContains, asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { type CharacterRange, keptStretches, REDACTION } from '../../domain/moderation.ts';
import type { ModerationDecision, QuestionPublication } from '../../domain/vocabulary.ts';
import type { Db } from '../client.ts';
import { cycles, textParts } from '../schema/index.ts';

/** What a moderator sees of a text: never who else wrote what, a rating, or a time. */
/** What the question of a text promised. */
const promised = sql<QuestionPublication>`coalesce((
  select asked.question ->> 'publication' from jsonb_array_elements(${cycles.questions}) as asked (question)
  where asked.question ->> 'code' = ${textParts.question}), 'quotes')`;

const shown = {
  id: textParts.id,
  cycleId: textParts.cycleId,
  organisation: textParts.organisation,
  service: textParts.service,
  question: textParts.question,
  prompt: sql<
    string | null
  >`(select asked.question ->> 'prompt' from jsonb_array_elements(${cycles.questions}) as asked (question)
    where asked.question ->> 'code' = ${textParts.question})`.as('prompt'),
  text: textParts.text,
  safeguarding: textParts.safeguarding,
  publication: promised.as('publication'),
  decision: textParts.decision,
  themes: textParts.themes,
};

function select(db: Db) {
  return db.select(shown).from(textParts).innerJoin(cycles, eq(cycles.id, textParts.cycleId));
}

export type ModeratedTextRow = Awaited<ReturnType<typeof select>>[number];

/** Where a page of the queue begins: the place of the last text of the page before. */
export interface QueuePlace {
  safeguarding: boolean;
  cycleId: string;
  id: string;
}

/** Which texts a list is about; what is undefined does not matter. */
export interface TextFilter {
  /** Whether they wait for a moderator, or were decided on and are still there. */
  state: 'waiting' | 'decided';
  cycleId: string | undefined;
  safeguarding: boolean | undefined;
  /** Only texts that belong to a theme. */
  theme: string | undefined;
}

/**
 * Texts by urgency: those in which somebody may be in danger first, then those of the cycle that opened first; within a
 * cycle by their ids, which are random. Row-level policies leave those of the caller's organisations. One more than the limit.
 */
export function listTexts(
  db: Db,
  filter: TextFilter,
  page: { after: QueuePlace | null; limit: number },
) {
  const { after } = page;
  const place = sql`(not ${textParts.safeguarding}, ${cycles.opensAt}, ${cycles.id}, ${textParts.id})`;
  return select(db)
    .where(
      and(
        filter.state === 'waiting'
          ? isNull(textParts.decision)
          : and(isNotNull(textParts.decision), isNotNull(textParts.text)),
        filter.theme === undefined ? undefined : arrayContains(textParts.themes, [filter.theme]),
        filter.cycleId === undefined ? undefined : eq(textParts.cycleId, filter.cycleId),
        filter.safeguarding === undefined
          ? undefined
          : eq(textParts.safeguarding, filter.safeguarding),
        after === null
          ? undefined
          : sql`${place} > (${!after.safeguarding}::boolean, (select opens_at from cycles where id = ${after.cycleId}::uuid),
              ${after.cycleId}::uuid, ${after.id}::uuid)`,
      ),
    )
    .orderBy(desc(textParts.safeguarding), asc(cycles.opensAt), asc(cycles.id), asc(textParts.id))
    .limit(page.limit + 1);
}

/** How far the texts of one organisation in one cycle are decided on. */
export interface ProgressRow extends Record<string, unknown> {
  cycle_id: string;
  cycle_title: string;
  organisation: string;
  waiting: number;
  waiting_safeguarding: number;
  publish: number;
  redact: number;
  keep_private: number;
  deleted: number;
}

/**
 * How many texts wait and how many were decided on, by cycle and organisation, in the order of their ids. Row-level policies
 * leave those of the caller's organisations. One more than the limit.
 */
export function countProgress(
  db: Db,
  cycleId: string | undefined,
  page: { after: { cycleId: string; organisation: string } | null; limit: number },
) {
  const { after } = page;
  const decided = (decision: ModerationDecision) =>
    sql`count(*) filter (where decision = ${decision})::integer`;
  return db.execute<ProgressRow>(sql`
    select cycle_id, (select title from cycles where id = cycle_id) as cycle_title, organisation, count(*) filter (where decision is null)::integer as waiting,
      count(*) filter (where decision is null and safeguarding)::integer as waiting_safeguarding,
      ${decided('publish')} as publish, ${decided('redact')} as redact, ${decided('keep_private')} as keep_private,
      ${decided('delete')} as deleted
    from ${textParts}
    where cycle_id = coalesce(${cycleId ?? null}::uuid, cycle_id)
      and (${after === null} or (cycle_id, organisation) > (${after?.cycleId ?? null}::uuid, ${after?.organisation ?? null}::text))
    group by cycle_id, organisation
    order by cycle_id, organisation
    limit ${page.limit + 1}`);
}

/** A text, waiting or decided, or nothing. */
export function readText(db: Db, id: string) {
  return select(db).where(eq(textParts.id, id));
}

/** Notes that a text was read, if it is there to be read. */
export function noteTextRead(db: Db, id: string) {
  return db.execute(sql`
    select note_audit_event('text', ${id}, array[organisation], 'done') from ${textParts}
    where id = ${id}::uuid and text is not null`);
}

/**
 * Decides on a text that waits, or revises a decision; of two who do so at once, one does. What is taken out or deleted is gone
 * with the same statement. Nothing for a text that is decided otherwise, or in which a range ends beyond the text.
 *
 * @param revises the decision that is revised; null for a text that waits
 */
export function decideOnText(
  db: Db,
  id: string,
  decision: ModerationDecision,
  reason: string,
  ranges: readonly CharacterRange[],
  revises: ModerationDecision | null,
) {
  const end = Math.max(0, ...ranges.map((range) => range.end));
  return db
    .update(textParts)
    .set({
      decision,
      decisionReason: reason,
      ...(decision === 'delete' && { text: null }),
      ...(decision === 'redact' && { text: redacted(ranges) }),
    })
    .where(
      and(
        eq(textParts.id, id),
        revises === null ? isNull(textParts.decision) : eq(textParts.decision, revises),
        sql`char_length(${textParts.text}) >= ${end}`,
        decision === 'publish' || decision === 'redact'
          ? sql`not exists (select from ${cycles} as cycle, jsonb_array_elements(cycle.questions) as asked (question)
              where cycle.id = ${textParts}.cycle_id and asked.question ->> 'code' = ${textParts}.question
                and asked.question ->> 'publication' = 'private')`
          : undefined,
      ),
    );
}

/** The text without the ranges: PostgreSQL counts characters as the contract does. */
function redacted(ranges: readonly CharacterRange[]) {
  const kept = keptStretches(ranges);
  const starts = kept.map(({ start }) => start);
  const lengths = kept.map(({ length }) => length);
  return sql`(
    select string_agg(case when kept.length is null then substr(${textParts.text}, kept.start + 1)
      else substr(${textParts.text}, kept.start + 1, kept.length) end, ${REDACTION} order by kept.place)
    from unnest(${sql.param(starts)}::integer[], ${sql.param(lengths)}::integer[]) with ordinality
      as kept (start, length, place))`;
}
