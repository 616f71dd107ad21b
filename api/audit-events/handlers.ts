import * as queries from '../../db/queries/audit-events.ts';
import { readPage, toPage } from '../http/page.ts';
import { validationProblem } from '../http/problem.ts';
import { serve } from '../http/serve.ts';
import { isoTime } from '../shapes.ts';
import * as contract from './contract.ts';

/** Events are counted for everybody to see: their numbers are the one order that a cursor of this API carries. */
const key = /^[1-9]\d{0,14}$/;

/** PostgreSQL writes bytes as `\x` and hexadecimal. */
const hexadecimal = (bytes: string) => bytes.replace(/^\\x/, '');

function toBody(row: queries.AuditEventRow) {
  const { number, actorKind, actor, organisations, purpose, requestId, operation, outcome } = row;
  const { subjectKind, subject, counts } = row;
  return {
    number,
    occurredAt: isoTime(row.occurredAt),
    actor: { kind: actorKind, id: actor },
    organisations,
    purpose,
    requestId,
    operation,
    subject: subjectKind === null || subject === null ? null : { kind: subjectKind, id: subject },
    outcome,
    counts: Object.entries(counts ?? {}).map(([what, count]) => ({ what, count })),
    previousHash: hexadecimal(row.previousHash),
    hash: hexadecimal(row.hash),
  };
}

export const listAuditEvents = serve(contract.listAuditEvents).with(
  async ({ query, principal, session }) => {
    const { after, limit } = readPage(query, key);
    const { organisations } = principal;
    const { operation, actor, since, until } = query;
    if (since !== undefined && until !== undefined && until < since)
      throw validationProblem([
        { pointer: '/until', detail: 'Query parameter until: must not be before since.' },
      ]);
    const filter = { organisations, operation, actor, since, until };
    const page = { before: after === null ? null : Number(after), limit };
    const [rows] = await session.batch([
      queries.listAuditEvents(session.db, filter, page),
      queries.noteAuditEvent(session.db, { organisations, outcome: 'done' }),
    ]);
    return {
      status: 200,
      body: toPage(rows, { after, limit }, (row) => String(row.number), toBody),
    };
  },
);

export const verifyAuditTrail = serve(contract.verifyAuditTrail).with(async ({ session, now }) => {
  const { rows } = await session.run(queries.verifyAuditTrail(session.db));
  const [found] = rows;
  if (found === undefined) throw new Error('Whoever may read the trail is told of it.');
  return {
    status: 200,
    body: {
      intact: found.first_broken === null,
      eventCount: found.event_count,
      firstBroken: found.first_broken,
      lastHash: found.last_hash,
      verifiedAt: isoTime(now),
    },
  };
});
