import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Service } from '../../support/service.ts';

/** Makes each text that a flush writes take a few milliseconds, so that others meet it half done. */
export async function slowDownFlushes({ database }: Service): Promise<void> {
  await database.query(
    `create function dawdle() returns trigger language plpgsql
     as 'begin perform pg_sleep(0.003); return null; end'`,
  );
  await database.query(
    'create trigger dawdle after insert on text_parts for each row execute function dawdle()',
  );
}

/** What takes apart, for the schedule or for a cycle that closes, and what takes in: by their statements. */
export const statements = {
  flush: '^select flush_(due|inbox)\\(',
  takeIn: '^select (\\* from )?take_in_',
};

/** Ends the backends that run such a statement. @returns how many there were */
export async function kill({ database }: Service, statement: string): Promise<number> {
  const killed = await database.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and state = 'active' and query ~ $1`,
    [statement],
  );
  return killed.length;
}

/** Ends those who take in, and loses answers, now and then while something is done. @returns how many it ended */
export async function whileTakersDie(service: Service, work: () => Promise<void>): Promise<number> {
  let isOn = true;
  const killing = (async () => {
    let killed = 0;
    while (isOn) {
      await sleep(Math.random() * 10);
      if (Math.random() < 0.1) service.endpoint.faults.answersToLose = 1;
      killed += await kill(service, statements.takeIn);
    }
    return killed;
  })();
  try {
    await work();
  } finally {
    isOn = false;
    await killing;
    service.endpoint.faults.answersToLose = 0;
  }
  return killing;
}

/** Waits until a flush is in the middle of its work. */
export async function untilFlushing({ database }: Service): Promise<void> {
  const look = () =>
    database.query(
      `select pid from pg_stat_activity where datname = current_database() and state = 'active'
         and query ~ $1 and wait_event = 'PgSleep'`,
      [statements.flush],
    );
  await expect.poll(look, { interval: 2, timeout: 5_000 }).not.toEqual([]);
}
