import type * as z from 'zod';
import { noteAuditEvent } from '../../db/queries/audit-events.ts';
import * as queries from '../../db/queries/moderation.ts';
import { inCharacters } from '../../domain/moderation.ts';
import { screen } from '../../domain/screening/screen.ts';
import { cleanText } from '../http/clean-text.ts';
import { readPage, toPage, uuidPattern } from '../http/page.ts';
import { Problem, validationProblem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import * as contract from './contract.ts';

/** What a key of the queue looks like: whether it is a safeguarding text, its cycle, its id; neither a time nor a count. */
const queueKey = new RegExp(`^[sn]\\.${uuidPattern}\\.${uuidPattern}$`);

function keyOf({ safeguarding, cycleId, id }: queries.QueuePlace): string {
  return `${safeguarding ? 's' : 'n'}.${cycleId}.${id}`;
}

function placeOf(key: string): queries.QueuePlace {
  const [kind, cycleId = '', id = ''] = key.split('.');
  return { safeguarding: kind === 's', cycleId, id };
}

/** What a key of the progress looks like: a cycle and an organisation. */
const progressKey = new RegExp(`^${uuidPattern}\\.[A-Z0-9]{3,8}$`);

function progressKeyOf(row: queries.ProgressRow): string {
  return `${row.cycle_id}.${row.organisation}`;
}

function toProgress(row: queries.ProgressRow) {
  const { publish, redact, keep_private, deleted } = row;
  return {
    cycle: row.cycle_id,
    cycleTitle: row.cycle_title,
    organisation: row.organisation,
    waiting: row.waiting,
    ofThoseSafeguarding: row.waiting_safeguarding,
    decided: { publish, redact, keep_private, delete: deleted },
  };
}

/** What is highlighted is found anew, with the rules of today. */
function toBody(
  row: queries.ModeratedTextRow,
  thisYear: number,
): z.input<typeof contract.ModeratedText> {
  const text = row.text ?? '';
  const { highlights, held } = screen(text, { thisYear });
  return {
    id: row.id,
    cycle: row.cycleId,
    organisation: row.organisation,
    service: row.service,
    question: row.question,
    prompt: row.prompt ?? '',
    text,
    highlights: inCharacters(text, highlights),
    held,
    safeguarding: row.safeguarding,
    publication: row.publication,
    decision: row.decision,
    themes: row.themes,
  };
}

export const listModerationTexts = serve(contract.listModerationTexts).with(
  async ({ query, principal, session, now }) => {
    const { after, limit } = readPage(query, queueKey);
    const { db } = session;
    const filter = {
      cycleId: query.cycle,
      safeguarding: query.safeguarding === undefined ? undefined : query.safeguarding === 'true',
      state: query.state ?? ('waiting' as const),
      theme: query.theme,
    };
    const page = { after: after === null ? null : placeOf(after), limit };
    const [rows] = await session.batch([
      queries.listTexts(db, filter, page),
      noteAuditEvent(db, { organisations: principal.organisations, outcome: 'done' }),
    ]);
    const thisYear = now.getUTCFullYear();
    return {
      status: 200,
      body: toPage(rows, { after, limit }, keyOf, (row) => toBody(row, thisYear)),
    };
  },
);

export const getModerationText = serve(contract.getModerationText).with(
  async ({ params, session, now }) => {
    const { db } = session;
    const id = params.textId;
    const [[row]] = await session.batch([queries.readText(db, id), queries.noteTextRead(db, id)]);
    if (row === undefined || row.text === null) throw noSuchText();
    return { status: 200, body: toBody(row, now.getUTCFullYear()) };
  },
);

export const getModerationProgress = serve(contract.getModerationProgress).with(
  async ({ query, session }) => {
    const page = readPage(query, progressKey);
    const [cycleId = '', organisation = ''] = page.after?.split('.') ?? [];
    const { rows } = await session.run(
      queries.countProgress(session.db, query.cycle, {
        after: page.after === null ? null : { cycleId, organisation },
        limit: page.limit,
      }),
    );
    return { status: 200, body: toPage(rows, page, progressKeyOf, toProgress) };
  },
);

export const decideOnText = serve(contract.decideOnText).with(
  async ({ params, body, session, now }) => {
    const { db } = session;
    const id = params.textId;
    const { decision, ranges = [], revises = null } = body;
    // A reason is read by others too, and must not say again what is taken out of the text.
    const reason = cleanText(body.reason, now);
    const [decided, [row]] = await session.batch([
      queries.decideOnText(db, id, decision, reason, ranges, revises),
      queries.readText(db, id),
    ]);
    if (row === undefined) throw noSuchText();
    if (decided.rowCount === 1) return { status: 201, body: { id, decision, text: row.text } };
    if (row.decision !== revises)
      throw new Problem(
        'wrong-phase',
        row.decision === null
          ? 'The text waits: there is no decision to revise.'
          : `Somebody has decided already: ${row.decision}.`,
      );
    if (row.publication === 'private' && (decision === 'publish' || decision === 'redact'))
      throw validationProblem([
        {
          pointer: '/decision',
          detail: 'People were promised that nothing of this is published: keep_private or delete.',
        },
      ]);
    throw beyondText(ranges, [...(row.text ?? '')].length);
  },
);

function noSuchText(): Problem {
  return new Problem('not-found', 'There is no text with this id in your organisations.');
}

/** Why a text that still waits could not be decided on. */
function beyondText(ranges: readonly { end: number }[], characterCount: number): Problem {
  const errors = ranges.flatMap(({ end }, index) =>
    end > characterCount
      ? [{ pointer: `/ranges/${index}/end`, detail: `The text has ${characterCount} characters.` }]
      : [],
  );
  if (errors.length > 0) return validationProblem(errors);
  return new Problem('database-unavailable', 'The text was just being moved. Try again.', {
    headers: { 'Retry-After': '1' },
  });
}
