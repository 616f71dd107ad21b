import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Service, startService } from '../support/service.ts';
import { refusalOf, type Shown, send } from './support/send.ts';
import { openCycle, postBatch, registerClient, signIn, waitingText } from './support/things.ts';

let service: Service;
/** Moderators of RHA, of another trust, and of both. */
let token: string;
let otherTrust: string;
let ofBoth: string;
beforeAll(async () => {
  service = await startService();
  const { privateJwk: key } = service.client('demo-admin');
  const moderator = async (...organisations: string[]) =>
    signIn(
      service,
      await registerClient(service, { organisations, scopes: ['moderation:write'], key }),
    );
  token = await moderator('RHA');
  otherTrust = await moderator('RV3');
  ofBoth = await moderator('RHA', 'RV3');
});
afterAll(() => service?.stop());

const get = (path: string, as = token) =>
  send(service, 'GET', `/v1/moderation/${path}`, { token: as });
const decide = (id: string, body: unknown) =>
  send(service, 'POST', `/v1/moderation/texts/${id}/decisions`, { token, body });
const progressOf = async (cycleId: string, as = token): Promise<Shown[]> => {
  const { status, text, body } = await get(`progress?cycle=${cycleId}`, as);
  expect(status, text).toBe(200);
  return body.items;
};

const reason = 'Clear.';
const none = { publish: 0, redact: 0, keep_private: 0, delete: 0 };
const notFound = { status: 404, code: 'not-found' };

describe('the progress of moderation', () => {
  it('counts what waits and what was decided, by the decision that stands', async () => {
    const { id: cycle, title: cycleTitle } = await openCycle(service);
    const texts = [];
    for (const safeguarding of [true, true, false, false, false, false, false])
      texts.push(await waitingText(service, cycle, { safeguarding }));
    const base = { cycle, cycleTitle, organisation: 'RHA' };
    expect(await progressOf(cycle)).toEqual([
      { ...base, waiting: 7, ofThoseSafeguarding: 2, decided: none },
    ]);

    const [urgent = '', , first = '', second = '', third = '', fourth = ''] = texts;
    await decide(urgent, { decision: 'keep_private', reason });
    await decide(first, { decision: 'publish', reason });
    await decide(second, { decision: 'redact', reason, ranges: [{ start: 0, end: 4 }] });
    await decide(third, { decision: 'delete', reason });
    await decide(fourth, { decision: 'publish', reason });
    await decide(fourth, { decision: 'keep_private', reason, revises: 'publish' });
    expect(await progressOf(cycle)).toEqual([
      {
        ...base,
        waiting: 2,
        ofThoseSafeguarding: 1,
        decided: { publish: 1, redact: 1, keep_private: 2, delete: 1 },
      },
    ]);
  });

  it('is of the organisations of the caller, each by itself', async () => {
    const { id: cycle, title: cycleTitle } = await openCycle(service, {
      organisations: ['RHA', 'RV3'],
      services: [],
    });
    await waitingText(service, cycle);
    await waitingText(service, cycle, { organisation: 'RV3' });
    await waitingText(service, cycle, { organisation: 'RV3' });
    const rha = {
      cycle,
      cycleTitle,
      organisation: 'RHA',
      waiting: 1,
      ofThoseSafeguarding: 0,
      decided: none,
    };
    const rv3 = { ...rha, organisation: 'RV3', waiting: 2 };
    expect(await progressOf(cycle)).toEqual([rha]);
    expect(await progressOf(cycle, otherTrust)).toEqual([rv3]);
    expect(await progressOf(cycle, ofBoth)).toEqual([rha, rv3]);
    expect(await progressOf(randomUUID())).toEqual([]);
  });

  it('can be read page by page, every cycle and organisation once', async () => {
    const cycles = [];
    for (let made = 0; made < 3; made += 1) {
      const { id } = await openCycle(service, { organisations: ['RHA', 'RV3'], services: [] });
      await waitingText(service, id);
      await waitingText(service, id, { organisation: 'RV3' });
      cycles.push(id);
    }
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await get(`progress?limit=1${cursor}`, ofBoth);
      expect(body.items.length).toBeLessThanOrEqual(1);
      for (const { cycle, organisation } of body.items) seen.push(`${cycle} ${organisation}`);
      if (body.next === null) break;
      cursor = `&cursor=${body.next}`;
    }
    expect(new Set(seen).size).toBe(seen.length);
    for (const cycle of cycles)
      expect(seen).toEqual(expect.arrayContaining([`${cycle} RHA`, `${cycle} RV3`]));
    expect((await get('progress?cursor=bm90LWEta2V5')).status).toBe(400);
  });

  it('does not tell that somebody has just sent something: only what was taken apart counts', async () => {
    const { id: cycle } = await openCycle(service);
    const text = { question: 'what-good', text: 'They were kind.' };
    const some = Array.from({ length: 19 }, () => ({ perspective: 'carer', answers: [text] }));
    expect((await postBatch(service, cycle, some)).status).toBe(200);
    await service.scheduled();
    expect(await progressOf(cycle)).toEqual([]);
    await postBatch(service, cycle, some.slice(0, 1));
    await service.scheduled();
    expect(await progressOf(cycle)).toMatchObject([{ waiting: 20 }]);
  });
});

describe('one text', () => {
  it('is read as it stands in the list, waiting and decided', async () => {
    const { id: cycle } = await openCycle(service);
    const id = await waitingText(service, cycle, { text: 'Anna was kind.' });
    const [listed] = (await get(`texts?cycle=${cycle}`)).body.items;
    const waiting = await get(`texts/${id}`);
    expect(waiting.status, waiting.text).toBe(200);
    expect(waiting.body).toEqual(listed);
    expect(waiting.body.highlights).toEqual([{ start: 0, end: 4, kind: 'name' }]);

    await decide(id, { decision: 'redact', reason, ranges: [{ start: 0, end: 4 }] });
    const decided = await get(`texts/${id}`);
    expect(decided.body).toMatchObject({ decision: 'redact', text: '[redacted] was kind.' });
    expect(decided.body).toEqual((await get(`texts?cycle=${cycle}&state=decided`)).body.items[0]);
  });

  it('is not there once it was deleted, nor for another trust', async () => {
    const { id: cycle } = await openCycle(service);
    const id = await waitingText(service, cycle);
    expect(refusalOf(await get(`texts/${id}`, otherTrust))).toEqual(notFound);
    await decide(id, { decision: 'delete', reason });
    expect(refusalOf(await get(`texts/${id}`))).toEqual(notFound);
    expect(refusalOf(await get(`texts/${randomUUID()}`))).toEqual(notFound);
  });

  it('leaves in the audit trail that it was read, and nothing where it was not', async () => {
    const { id: cycle } = await openCycle(service);
    const id = await waitingText(service, cycle);
    await get(`texts/${id}`);
    await get(`texts/${id}`, otherTrust);
    const events = await service.database.query(
      "select operation, organisations, outcome from audit_events where subject_kind = 'text' and subject = $1",
      [id],
    );
    expect(events).toEqual([
      { operation: 'getModerationText', organisations: ['RHA'], outcome: 'done' },
    ]);
  });
});
