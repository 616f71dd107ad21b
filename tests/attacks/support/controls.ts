import type { Service } from '../../support/service.ts';

async function replaceIn(
  service: Service,
  name: string,
  wording: RegExp,
  replacement: string,
): Promise<void> {
  const [found] = await service.database.query<{ source: string }>(
    'select pg_get_functiondef(oid) as source from pg_proc where proname = $1',
    [name],
  );
  const source = found?.source ?? '';
  const changed = source.replaceAll(wording, replacement);
  if (changed === source) throw new Error(`${name} has nothing to switch off`);
  await service.database.query(changed);
}

/** Leaves out the shuffling of some functions of the database, so that rows go where they go by themselves. */
export async function switchOffShuffling(service: Service, names: readonly string[]) {
  // At the end of a line: elsewhere, in `over (... order by random())`, it draws a lot.
  for (const name of names) {
    await replaceIn(service, name, /^(.*)\border by random\(\)$/gm, '$1');
    // Other joins than nested loops have an order of their own.
    for (const join of ['hashjoin', 'mergejoin'])
      await service.database.query(`alter function ${name} set enable_${join} = off`);
  }
}

/** Lets what is left at the end of a cycle be taken apart by itself, not together with parts from before. */
export async function switchOffMixing(service: Service) {
  await replaceIn(service, 'flush_inbox', /chosen\.place <= min_waiting/g, 'chosen.place <= 0');
}

/** Lets the flush take apart as few as its caller says. */
export async function switchOffFloor(service: Service) {
  await replaceIn(service, 'flush_inbox', /min_waiting := greatest\(min_waiting, 20\);/g, '');
}
