import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LoopStatus, loopStatuses } from '../../domain/vocabulary.ts';
import { type Service, startService } from '../support/service.ts';
import { pointersOf, type Sent, send } from './support/send.ts';
import { createLoopRecord, dateIn, publishLoopRecord } from './support/things.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

const staff = { as: 'demo-admin' };

/** A record in a status, with what the status needs and nothing else. */
async function recordIn(status: LoopStatus) {
  const needs: Partial<Record<LoopStatus, object>> = {
    done: { text: 'The room is open.' },
    cannot_do: { reason: 'There is no money this year.' },
    no_longer_needed: { reason: 'The ward has moved.' },
  };
  return createLoopRecord(service, { weDid: { status, ...needs[status] } });
}

function change(id: string, version: number, weDid: Record<string, unknown>): Promise<Sent> {
  return send(service, 'PATCH', `/v1/loop-records/${id}`, {
    ...staff,
    headers: { 'if-match': `W/"${version}"` },
    body: { weDid },
  });
}

/**
 * What each change of status is refused for when only the status is sent: row from, column to, in the order of the
 * vocabulary. `-` is allowed, `r` wants a reason, `t` a text.
 */
const wants: Record<LoopStatus, string> = {
  //                considering, planned, in_progress, done, cannot_do, no_longer_needed
  considering: '- - - t r r',
  planned: '- - - t r r',
  in_progress: '- - - t r r',
  // It has a text, and no reason.
  done: 'r r r - r r',
  // These have a reason, which is why they were declined and not why they no longer are; and no text.
  cannot_do: 'r r r t - -',
  no_longer_needed: 'r r r t - -',
};

const transitions = loopStatuses.flatMap((from) =>
  wants[from]
    .split(' ')
    .map((want, index) => ({ from, to: loopStatuses[index] as LoopStatus, want })),
);

describe('a change of status', () => {
  it('is tried from each to each', () => {
    expect(new Set(transitions.map(({ from, to }) => `${from} ${to}`)).size).toBe(36);
  });

  it.each(transitions)(
    'from $from to $to wants $want and is let through with it',
    async ({ from, to, want }) => {
      const { id } = await recordIn(from);
      let version = 1;
      const bare = await change(id, version, { status: to });
      if (want === '-') {
        expect(bare.status, bare.text).toBe(200);
        expect(bare.body.weDid.status).toBe(to);
        version += 1;
      } else {
        const pointer = want === 'r' ? '/weDid/reason' : '/weDid/text';
        expect(bare.status).toBe(400);
        expect(pointersOf(bare)).toEqual([pointer]);
        const blank = await change(id, version, {
          status: to,
          [want === 'r' ? 'reason' : 'text']: null,
        });
        expect(pointersOf(blank)).toEqual([pointer]);
        const read = await send(service, 'GET', `/v1/loop-records/${id}`, staff);
        expect(read.body).toMatchObject({ version: 1, weDid: { status: from } });
        const given = { reason: 'Because of what people told us.', text: 'It is open.' };
        const good = await change(id, version, { status: to, ...given });
        expect(good.status, good.text).toBe(200);
        expect(good.body.weDid).toMatchObject({ status: to, ...given });
      }
    },
  );
});

describe('taking up again what was settled', () => {
  it('needs its reason each time, though the one of the last time is still there', async () => {
    const { id } = await recordIn('done');
    const reason = 'It is locked at weekends.';
    expect((await change(id, 1, { status: 'in_progress', reason })).status).toBe(200);
    expect((await change(id, 2, { status: 'done' })).status).toBe(200);
    expect(pointersOf(await change(id, 3, { status: 'in_progress' }))).toEqual(['/weDid/reason']);
    expect((await change(id, 3, { status: 'in_progress', reason })).status).toBe(200);
  });

  it('is told to the public with its reason, and can be overdue again', async () => {
    const done = { status: 'done', text: 'The room is open.', dueOn: dateIn(-2) };
    const { id } = await publishLoopRecord(service, { weDid: done });
    const reason = 'It is locked at weekends.';
    await change(id, 1, { status: 'planned', reason });
    await send(service, 'PUT', `/v1/loop-records/${id}/publication`, staff);
    const { body } = await send(service, 'GET', `/v1/loop-records/${id}`);
    expect(body.weDid).toMatchObject({ status: 'planned', reason, overdue: true });
  });
});
