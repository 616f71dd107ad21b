import { send } from '../../api/support/send.ts';
import { createTheme, publishLoopRecord } from '../../api/support/things.ts';
import type { Service } from '../../support/service.ts';

const THEME_COUNT = 8;
const staff = { as: 'demo-admin' };

/**
 * What staff do with texts once they are taken apart: each is decided on in the order of the queue, put into themes, the themes
 * are published and answered by loop records, and some people confirm. Which text goes into which theme has nothing to do with
 * who wrote it, so whatever an attacker gains comes from the way in which it is kept.
 */
export async function moderate(service: Service, cycleId: string): Promise<void> {
  const texts = await service.database.query<{ id: string }>(
    'select id from text_parts where cycle_id = $1 order by id',
    [cycleId],
  );
  for (const { id } of texts)
    await service.database.query(
      "update text_parts set decision = 'publish', decision_reason = 'Read.' where id = $1",
      [id],
    );
  for (let number = 0; number < THEME_COUNT; number += 1) {
    const theme = await createTheme(service, { cycle: cycleId, title: `Theme ${number}` });
    const add = texts.filter((_, index) => index % THEME_COUNT === number).map(({ id }) => id);
    for (const [method, path, body] of [
      ['POST', 'texts', { add }],
      ['PUT', 'publication', undefined],
    ] as const) {
      const done = await send(service, method, `/v1/themes/${theme.id}/${path}`, {
        ...staff,
        body,
      });
      if (done.status !== 200) throw new Error(`${method} ${path}: ${done.status} ${done.text}`);
    }
    const record = await publishLoopRecord(service, {
      cycle: cycleId,
      youSaid: { text: `Theme ${number}`, themes: [theme.id] },
    });
    for (const answer of ['yes', 'no'])
      await send(service, 'POST', `/v1/loop-records/${record.id}/confirmations`, {
        body: { answer },
      });
  }
}
