import { base64url } from 'jose';
import type { Db } from '../../db/client.ts';
import { readDbFailure } from '../../db/failure.ts';
import { actFor } from '../../db/queries/act-for.ts';
import * as queries from '../../db/queries/staff-sessions.ts';
import {
  makeStaffReference,
  STAFF_REFERENCE_SYMBOL_COUNT,
  type StaffAssignment,
} from '../../domain/staff-role.ts';
import { SESSION_HOURS, SESSION_IDLE_MINUTES } from '../../domain/staff-session.ts';
import { sha256Hex } from '../http/digest.ts';
import { Recent } from '../http/recent.ts';
import type { StaffSession } from '../http/staff.ts';

/** Nobody guesses one of 256 bits. */
const ID_BYTE_COUNT = 32;
const idPattern = /^[\w-]{43}$/;

/** As in the database (is_staff_session_over in db/migrations/0016), which alone decides. */
const MAX_IDLE_MS = SESSION_IDLE_MINUTES * 60_000;
const MAX_AGE_MS = SESSION_HOURS * 3_600_000;

const MAX_REMEMBERED_SESSIONS = 500;

/** A person whose identity a provider has vouched for. */
export interface StaffIdentity {
  issuer: string;
  subject: string;
  name: string | null;
  /** Roles that the provider's claims give, in place of those assigned here; null where claims give none. */
  claimed: readonly StaffAssignment[] | null;
}

/**
 * Sessions of people of staff. The id of one is random and known only to its browser: what is kept, here and in the
 * database, is its hash. What is remembered here is never trusted alone: each batch of a person asks the database first.
 */
export class StaffSessions {
  readonly #db: Db;
  readonly #remembered = new Recent<{ session: StaffSession; readAt: number }>(
    MAX_REMEMBERED_SESSIONS,
  );

  /** @param databases of the service: sessions are begun and read as the staff role */
  constructor({ staff }: { staff: Db }) {
    this.#db = staff;
  }

  /**
   * Signs a person in, for the first time too; then they have no role until an administrator gives them one.
   *
   * @returns the id of the session, 43 characters of base64url, to be kept nowhere but in their cookie
   */
  async begin(identity: StaffIdentity, now: Date): Promise<string> {
    const id = base64url.encode(crypto.getRandomValues(new Uint8Array(ID_BYTE_COUNT)));
    const newReference = makeStaffReference(
      crypto.getRandomValues(new Uint8Array(STAFF_REFERENCE_SYMBOL_COUNT)),
    );
    const person = { ...identity, newReference };
    const idHash = await sha256Hex(id);
    const [, { rows }] = await this.#db.batch([
      queries.beginStaffSession(this.#db, person, idHash, crypto.randomUUID()),
      queries.readStaffSession(this.#db, idHash),
    ]);
    this.#remember(idHash, rows[0], now);
    return id;
  }

  /** The session of an id, or null where there is none, or it is over. May be remembered: see {@link check}. */
  async read(id: string, now: Date): Promise<StaffSession | null> {
    if (!idPattern.test(id)) return null;
    const idHash = await sha256Hex(id);
    const remembered = this.#remembered.get(idHash);
    if (remembered !== undefined && isFresh(remembered, now)) return remembered.session;

    this.#remembered.delete(idHash);
    const { rows } = await queries.readStaffSession(this.#db, idHash);
    return this.#remember(idHash, rows[0], now);
  }

  /** Asks the database whether a session stands, which keeps it alive as any use of it does. */
  async check({ idHash }: StaffSession): Promise<boolean> {
    const actor = {
      sessionHash: idHash,
      organisations: [],
      requestId: crypto.randomUUID(),
      operation: 'checkStaffSession',
      purpose: 'none',
    };
    try {
      await actFor(this.#db, actor);
      return true;
    } catch (error) {
      if (readDbFailure(error)?.kind !== 'not-signed-in') throw error;
      this.#remembered.delete(idHash);
      return false;
    }
  }

  /** Signs out: from now on the id is nobody's. Twice does no harm. */
  async end(id: string): Promise<void> {
    if (!idPattern.test(id)) return;
    const idHash = await sha256Hex(id);
    this.#remembered.delete(idHash);
    await queries.endStaffSession(this.#db, idHash, crypto.randomUUID());
  }

  #remember(idHash: string, row: queries.StaffSessionRow | undefined, now: Date) {
    if (row === undefined) return null;
    const { member_id, version, name, reference, assignments, started_at } = row;
    const session: StaffSession = {
      idHash,
      member: { id: member_id, version, name, reference, assignments },
      startedAt: new Date(started_at),
    };
    this.#remembered.set(idHash, { session, readAt: now.getTime() });
    return session;
  }
}

/** Whether a session that was read at a time (ms since 1970) cannot be over by the clock. */
function isFresh({ session, readAt }: { session: StaffSession; readAt: number }, now: Date) {
  const time = now.getTime();
  return time < readAt + MAX_IDLE_MS && time < session.startedAt.getTime() + MAX_AGE_MS;
}
