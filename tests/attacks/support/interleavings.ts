import fc from 'fast-check';
import { experienceCycleId } from '../../../dev/demo.ts';
import type { OwnerAccess } from '../../support/database.ts';

/** What happens to the inbox of a cycle, in any order. */
export type Step =
  | { kind: 'arrive'; organisation: 'RHA' | 'RV3'; count: number }
  | { kind: 'flush' }
  | { kind: 'withdraw' | 'send again'; of: number }
  | { kind: 'close' };

export const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('arrive' as const),
        organisation: fc.constantFrom('RHA' as const, 'RV3' as const),
        count: fc.integer({ min: 1, max: 15 }),
      }),
    },
    { weight: 3, arbitrary: fc.constant({ kind: 'flush' as const }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom('withdraw' as const, 'send again' as const),
        of: fc.nat(200),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'close' as const }) },
  ),
  { maxLength: 20 },
);

/** The statements of the product, for people who are numbers: everything of theirs follows from the number. */
const hash = (kind: string) => `sha256(('${kind}' || person)::bytea)`;
const receipt = `${hash('ratings')}, array[${hash('first')}, ${hash('second')}], ${hash('equality')}`;
const takeIn = `take_in_one($1, (select version from cycles where id = $1), now(), null, null, $2, null, 'carer',
  array[person]::smallint[], array[null]::smallint[], array['first ' || person, 'second ' || person], array[false, false],
  'Z', ${receipt}, ${hash('used')})`;
const cycleId = experienceCycleId;

/** One cycle of an embedded database, and who should be stored in it. */
export class InboxUnderTest {
  readonly #owner: OwnerAccess;
  readonly #organisations: ('RHA' | 'RV3')[] = [];
  readonly #withdrawn = new Set<number>();
  readonly #refused = new Set<number>();
  isClosed = false;

  private constructor(owner: OwnerAccess) {
    this.#owner = owner;
  }

  static async open(owner: OwnerAccess): Promise<InboxUnderTest> {
    for (const table of ['inbox', 'rating_parts', 'text_parts', 'equality_parts', 'used_receipts'])
      await owner.query(`delete from ${table}`);
    await owner.query("update cycles set closes_at = now() + interval '1 day' where id = $1", [
      cycleId,
    ]);
    return new InboxUnderTest(owner);
  }

  async take(step: Step): Promise<void> {
    if (step.kind === 'arrive') await this.#arrive(step.organisation, step.count);
    else if (step.kind === 'flush')
      await this.#owner.query("select flush_inbox(20, 5, now() - interval '1 minute', null)");
    else if (step.kind === 'close') await this.#close();
    else if (this.#organisations.length > 0) {
      const person = step.of % this.#organisations.length;
      if (step.kind === 'withdraw') await this.#withdraw(person);
      else await this.#send(person, person, this.#organisations[person] ?? 'RHA');
    }
  }

  async #arrive(organisation: 'RHA' | 'RV3', count: number): Promise<void> {
    const first = this.#organisations.length;
    const last = first + count - 1;
    for (let person = first; person <= last; person += 1) {
      this.#organisations.push(organisation);
      if (this.isClosed) this.#refused.add(person);
    }
    await this.#send(first, last, organisation);
  }

  #send(first: number, last: number, organisation: string) {
    return this.#owner.query(
      `select ${takeIn} from generate_series($3::integer, $4::integer) as person`,
      [cycleId, organisation, first, last],
    );
  }

  async #withdraw(person: number): Promise<void> {
    const withdrawn = await this.#owner.query(
      `select withdrawal.* from (select $1::integer as person) as who, withdraw_receipt(${receipt}) as withdrawal`,
      [person],
    );
    if (withdrawn.length > 0) this.#withdrawn.add(person);
  }

  async #close(): Promise<void> {
    this.isClosed = true;
    await this.#owner.query('update cycles set closes_at = now() where id = $1', [cycleId]);
    await this.#owner.query('select flush_inbox(20, 5, now(), $1)', [cycleId]);
  }

  /** Everybody who was taken in and has not withdrawn, three times: their rating and both texts. */
  get expected(): string[] {
    return this.#organisations
      .flatMap((_, person) =>
        this.#withdrawn.has(person) || this.#refused.has(person)
          ? []
          : [`{${person}}`, `first ${person}`, `second ${person}`, `equality ${person}`],
      )
      .sort();
  }

  /** Who is stored, part by part, wherever it is. */
  async stored(): Promise<string[]> {
    const rows = await this.#owner.query<{ part: string }>(
      `select as_is::text as part from inbox union all select unnest(answers) from inbox
       union all select as_is::text from rating_parts union all select text from text_parts
       union all
       select 'equality ' || person from generate_series(0, 300) as person
       join (select receipt_hash from equality_parts union all select equality_receipt from inbox) as each
         on each.receipt_hash = ${hash('equality')}`,
    );
    return rows.map(({ part }) => part).sort();
  }

  /** How many of an organisation wait, and how many were taken apart. */
  async counts(organisation: string): Promise<{ waiting: number; apart: number }> {
    const [row] = await this.#owner.query<{ waiting: number; apart: number }>(
      `select (select count(*) from inbox where organisation = $1)::integer as waiting,
         (select count(*) from rating_parts where organisation = $1)::integer as apart`,
      [organisation],
    );
    return row ?? { waiting: 0, apart: 0 };
  }
}
