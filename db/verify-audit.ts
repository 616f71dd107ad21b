import { parseArgs } from 'node:util';
import pg from 'pg';
import {
  CHAIN_START,
  type ChainEnd,
  type ChainedEvent,
  followChain,
  isBreak,
} from '../domain/audit-chain.ts';

/**
 * `npm run verify-audit [-- --since <number>:<hash>]`: goes through the whole audit trail of DATABASE_URL (the owner's)
 * and makes every hash anew. Ends with 1 and names the first event at which the chain is not whole.
 *
 * A trail whose newest events were cut off is whole, as is one that was written anew from some event on. So note what a run
 * prints, somewhere else than in this database, and give it to the next: that event must still be there as it was.
 */

/** Events that are held in memory at once. */
const PAGE_SIZE = 1000;

/** Ends with one sentence. */
function stop(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

const { values } = parseArgs({ options: { since: { type: 'string' } } });
const known = values.since === undefined ? null : parseEnd(values.since);
if (!process.env.DATABASE_URL) stop("Set DATABASE_URL to the owner's connection string.");

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 1 });
let end: ChainEnd = CHAIN_START;
let isKnownThere = known === null;
for (;;) {
  const { rows } = await pool.query<Omit<ChainedEvent, 'number'> & { number: string }>(
    `select number, to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "occurredAt",
       actor_kind as "actorKind", actor, organisations, purpose, request_id as "requestId", operation,
       subject_kind as "subjectKind", subject, outcome, counts::text as counts,
       encode(previous_hash, 'hex') as "previousHash", encode(hash, 'hex') as hash
     from audit_events where $1::bigint is null or number > $1 order by number limit $2`,
    [end === CHAIN_START ? null : end.number, PAGE_SIZE],
  );
  if (rows.length === 0) break;
  const events = rows.map((row) => ({
    ...row,
    number: Number(row.number),
    occurredAt: row.occurredAt.replace('.000000Z', 'Z'),
  }));
  isKnownThere ||= events.some(
    ({ number, hash }) => number === known?.number && hash === known.hash,
  );
  const followed = await followChain(end, events);
  if (isBreak(followed)) {
    await pool.end();
    stop(`The audit trail is not whole at event ${followed.brokenAt}: ${followed.why}.`);
  }
  end = followed;
}
await pool.end();
if (!isKnownThere && known !== null)
  stop(
    end.number < known.number
      ? `The audit trail is not whole at event ${end.number + 1}: it ends before it, and event ${known.number} was there.`
      : `The audit trail is not whole at event ${known.number}: it is another than was noted, and the trail was written anew.`,
  );
console.log(`${end.number} events, whole. The last: ${end.number}:${end.hash}`);

function parseEnd(text: string): ChainEnd {
  const [, number, hash] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (number === undefined || hash === undefined)
    stop('--since takes what an earlier run printed last: <number>:<hash>.');
  return { number: Number(number), hash };
}
