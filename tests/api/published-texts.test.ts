import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Service, startService } from '../support/service.ts';
import { type Shown, send } from './support/send.ts';
import { openCycle, textOfTheme } from './support/things.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

const question = (code: string, publication?: string) => ({
  code,
  prompt: `About ${code}?`,
  polarity: 'nonspecific',
  ...(publication && { publication }),
});

async function cycleWithTexts() {
  const cycle = await openCycle(service, {
    questions: [question('story', 'whole'), question('quotable'), question('us', 'private')],
  });
  const free = { id: null, cycle: cycle.id as string, organisation: 'RHA' };
  const write = (text: string, about: string, decision: string | null = 'publish') =>
    textOfTheme(service, free, { text, question: about, perspective: 'carer', decision });
  return { cycle, write };
}

const read = (cycleId: string, query = '') =>
  send(service, 'GET', `/v1/cycles/${cycleId}/published-texts${query}`);

it('only what a question promised to publish whole is published, once a person has let it be', async () => {
  const { cycle, write } = await cycleWithTexts();
  await write('We planned it together.', 'story');
  await write('Ask [redacted].', 'story', 'redact');
  await write('It waits.', 'story', null);
  await write('Kept.', 'story', 'keep_private');
  await write('Quotable.', 'quotable');
  await write('Between us.', 'us');
  const { body, headers } = await read(cycle.id);
  expect(body.items.map(({ text }: Shown) => text).sort()).toEqual([
    'Ask [redacted].',
    'We planned it together.',
  ]);
  for (const item of body.items)
    expect(Object.keys(item)).toEqual(['organisation', 'question', 'text']);
  expect(headers.get('etag')).toMatch(/^"/);
  expect((await read(cycle.id, '?question=quotable')).body.items).toEqual([]);
});

it('what somebody takes back is gone at once', async () => {
  const { cycle, write } = await cycleWithTexts();
  const id = await write('Mine.', 'story');
  expect((await read(cycle.id)).body.items.length).toBe(1);
  await service.database.query('delete from text_parts where id = $1', [id]);
  expect((await read(cycle.id)).body.items).toEqual([]);
});

it('is listed page by page, each text once', async () => {
  const { cycle, write } = await cycleWithTexts();
  for (let number = 0; number < 5; number += 1) await write(`Story ${number}`, 'story');
  const seen: string[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await read(cycle.id, `?limit=2${cursor}`);
    seen.push(...body.items.map(({ text }: Shown) => text));
    if (body.next === null) break;
    cursor = `&cursor=${body.next}`;
  }
  expect(seen.sort()).toEqual(Array.from({ length: 5 }, (_, number) => `Story ${number}`));
});
