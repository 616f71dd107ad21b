import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Service, startService } from '../support/service.ts';
import { pointersOf, refusalOf, type Shown, send, untilAnswered } from './support/send.ts';
import {
  countInbox,
  countRated,
  createCycle,
  dateTimeIn,
  moveCycle,
  openCycle,
  registerClient,
  signIn,
  submission,
} from './support/things.ts';

let service: Service;
let cycle: Shown;
let shared: Shown;
beforeAll(async () => {
  service = await startService();
  cycle = await openCycle(service);
  shared = await openCycle(service, {
    organisations: ['RHA', 'RV3'],
    services: [
      { odsCode: 'RHA', code: 'ward', name: 'Ward' },
      { odsCode: 'RV3', code: 'clinic', name: 'Clinic' },
    ],
  });
});
afterAll(() => service?.stop());

const post = (cycleId: string, body: unknown, options: Parameters<typeof send>[3] = {}) =>
  send(service, 'POST', `/v1/cycles/${cycleId}/submissions`, { body, ...options });

type InboxRow = {
  id: string;
  organisation: string;
  service: string | null;
  perspective: string;
  as_is: (number | null)[];
  to_be: (number | null)[];
  answers: (string | null)[];
  ethnicity: string | null;
};
/** 32 bytes that the key of the Worker and the receipt make. */
const keyedHash = expect.objectContaining({ length: 32 });
const inboxOf = (cycleId: string) =>
  service.database.query<InboxRow>('select * from inbox where cycle_id = $1', [cycleId]);

describe('an accepted submission', () => {
  it.each([
    ['from anybody', undefined],
    ['from a trust', 'demo-trust'],
  ])('%s is stored whole, and answered with the statement that was promised', async (_, as) => {
    const { id, anonymityStatement } = await openCycle(service);
    const body = {
      perspective: 'carer',
      organisation: ' rha ',
      service: 'adult-mental-health',
      ratings: [{ standard: 'overall-experience', asIs: 4, toBe: 5 }],
      answers: [{ question: 'could-improve', text: 'More time.' }],
      equality: { ethnicity: 'Z' },
    };
    const sent = await post(id, body, as === undefined ? {} : { as });
    expect({ status: sent.status, ...sent.body }).toEqual({
      status: 201,
      receipt: expect.stringMatching(/^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/),
      screening: [],
      anonymityStatement: { sha256: anonymityStatement.sha256 },
    });
    expect(sent.headers.get('cache-control')).toBe('no-store');
    expect(sent.headers.get('location')).toBeNull();
    expect(await inboxOf(id)).toEqual([
      {
        id: expect.stringMatching(
          /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        ),
        cycle_id: id,
        organisation: 'RHA',
        service: 'adult-mental-health',
        perspective: 'carer',
        as_is: [4],
        to_be: [5],
        answers: [null, 'More time.'],
        safeguarding: [null, false],
        ethnicity: 'Z',
        rating_receipt: keyedHash,
        text_receipts: [null, keyedHash],
        equality_receipt: keyedHash,
      },
    ]);
  });

  it('may be one answer, or one rating that does not apply', async () => {
    const { id } = await openCycle(service);
    const answers = [{ question: 'what-good', text: 'Tea.' }];
    const ratings = [{ standard: 'overall-experience', notApplicable: true }];
    expect((await post(id, { perspective: 'carer', answers })).status).toBe(201);
    expect((await post(id, { perspective: 'carer', ratings })).status).toBe(201);
    const rows = await inboxOf(id);
    expect(rows.map(({ as_is, answers }) => ({ as_is, answers })).sort()).toEqual(
      expect.arrayContaining([
        { as_is: [null], answers: ['Tea.', null] },
        { as_is: [-1], answers: [null, null] },
      ]),
    );
  });

  it('of a trust for one of several organisations is stored for its own', async () => {
    const sent = await post(shared.id, submission({ service: 'clinic' }), { as: 'demo-trust-two' });
    expect(sent.status).toBe(201);
    expect((await inboxOf(shared.id)).map(({ organisation }) => organisation)).toContain('RV3');
  });

  it('of a supplier is stored for the organisation named in its header', async () => {
    const before = (await inboxOf(shared.id)).filter(({ organisation }) => organisation === 'RV3');
    const sent = await post(shared.id, submission(), {
      as: 'demo-admin',
      headers: { 'nhsd-end-user-organisation-ods': 'rv3' },
    });
    expect(sent.status).toBe(201);
    const after = (await inboxOf(shared.id)).filter(({ organisation }) => organisation === 'RV3');
    expect(after.length).toBe(before.length + 1);
  });
});

describe('a text', () => {
  const texts = [
    `He said "hello" and 'goodbye'`,
    'back\\slash \\" \\n \\\\',
    '{braces}, {"json": true}',
    'a, comma, and; a semicolon',
    'NULL',
    'null',
    'line\nbreak\r\nand\ttab',
    'Thank you 😀👩🏽‍⚕️🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    'שלום עליכם, مرحبا',
    '‮right to left override',
    'zero​width‍joiners',
    'é is not é',
    '$1 $2 %s :name ?',
    "'; drop table inbox; --",
    '<script>alert(1)</script> &amp;',
    '=1+1',
    '{}',
    '""',
    '\\N',
    '  spaces around  ',
    '�',
  ];
  it.each(texts)('comes back from the database exactly as it was sent: %j', async (text) => {
    const { id } = cycle;
    await service.database.query('delete from inbox where cycle_id = $1', [id]);
    const answers = [
      { question: 'what-good', text },
      { question: 'could-improve', text: `${text}${text}` },
    ];
    expect((await post(id, { perspective: 'carer', answers })).status).toBe(201);
    expect((await inboxOf(id))[0]?.answers).toEqual([text, text + text]);
  });

  it.each([
    ['letters', 'a'.repeat(4000), 'a'.repeat(4001)],
    ['emoji, each counted as one', '😀'.repeat(4000), '😀'.repeat(4001)],
  ])('of 4,000 %s is taken, and of one more refused', async (_, longest, tooLong) => {
    const { id } = cycle;
    const withText = (text: string) => ({
      perspective: 'carer',
      answers: [{ question: 'what-good', text }],
    });
    expect((await post(id, withText(longest))).status).toBe(201);
    const refused = await post(id, withText(tooLong));
    expect(refusalOf(refused)).toEqual({ status: 400, code: 'validation-failed' });
    expect(pointersOf(refused)).toEqual(['/answers/0/text']);
  });

  it.each([
    ['blank', ' \n\t '],
    ['empty', ''],
    ['with a NUL', 'a\u0000b'],
    ['with half a character', 'a\ud83d'],
  ])('that is %s is refused', async (_, text) => {
    const answers = [{ question: 'what-good', text }];
    const refused = await post(cycle.id, { perspective: 'carer', answers });
    expect(refusalOf(refused)).toEqual({ status: 400, code: 'validation-failed' });
    expect(pointersOf(refused)).toEqual(['/answers/0/text']);
  });
});

describe('a submission is refused, pointing at the place, and nothing is stored, when', () => {
  const rating = { standard: 'overall-experience', asIs: 4 };
  it.each<[string, Record<string, unknown>, string[]]>([
    ['it has no perspective', { perspective: undefined }, ['/perspective']],
    ['its perspective is unknown', { perspective: 'visitor' }, ['/perspective']],
    ['its perspective is not invited', { perspective: 'staff' }, ['/perspective']],
    ['its organisation is no code', { organisation: 'R!' }, ['/organisation']],
    ['its organisation takes no part', { organisation: 'RDY' }, ['/organisation']],
    ['its service is unknown', { service: 'nowhere' }, ['/service']],
    ['it says nothing', { ratings: [] }, ['']],
    ['a rating is below the scale', { ratings: [{ ...rating, asIs: 0 }] }, ['/ratings/0/asIs']],
    ['a rating is above the scale', { ratings: [{ ...rating, asIs: 6 }] }, ['/ratings/0/asIs']],
    ['a wish is off the scale', { ratings: [{ ...rating, toBe: 6 }] }, ['/ratings/0/toBe']],
    ['a rating is half a number', { ratings: [{ ...rating, asIs: 3.5 }] }, ['/ratings/0/asIs']],
    ['a rating is a text', { ratings: [{ ...rating, asIs: '3' }] }, ['/ratings/0/asIs']],
    ['a rating has no value', { ratings: [{ standard: rating.standard }] }, ['/ratings/0/asIs']],
    [
      'a rating also does not apply',
      { ratings: [{ ...rating, notApplicable: true }] },
      ['/ratings/0/notApplicable'],
    ],
    ['a standard is unknown', { ratings: [{ standard: 'x', asIs: 3 }] }, ['/ratings/0/standard']],
    ['a standard is rated twice', { ratings: [rating, rating] }, ['/ratings/1/standard']],
    ['a question is unknown', { answers: [{ question: 'x', text: 'y' }] }, ['/answers/0/question']],
    [
      'a question is answered twice',
      { answers: ['a', 'b'].map((text) => ({ question: 'what-good', text })) },
      ['/answers/1/question'],
    ],
    ['its ethnicity is no code', { equality: { ethnicity: 'X' } }, ['/equality/ethnicity']],
    ['it brings a record id', { id: '1' }, ['/id']],
    ['it brings a time', { submittedAt: '2026-11-22T09:30:00Z' }, ['/submittedAt']],
    ['a rating brings a time', { ratings: [{ ...rating, at: 'x' }] }, ['/ratings/0/at']],
    [
      'several things are wrong',
      { service: 'nowhere', ratings: [{ ...rating, asIs: 9 }] },
      ['/service', '/ratings/0/asIs'],
    ],
  ])('%s', async (_, changes, pointers) => {
    const before = await countInbox(service, cycle.id);
    const refused = await post(cycle.id, submission(changes));
    expect(refusalOf(refused)).toEqual({ status: 400, code: 'validation-failed' });
    expect(pointersOf(refused)).toEqual(pointers);
    expect(await countInbox(service, cycle.id)).toBe(before);
  });

  it('several organisations take part and it names none', async () => {
    const refused = await post(shared.id, submission());
    expect(refusalOf(refused)).toEqual({ status: 400, code: 'validation-failed' });
    expect(pointersOf(refused)).toEqual(['/organisation']);
  });

  it('a trust speaks for another that takes part', async () => {
    const refused = await post(shared.id, submission({ organisation: 'RV3' }), {
      as: 'demo-trust',
    });
    expect(refusalOf(refused)).toEqual({ status: 400, code: 'validation-failed' });
    expect(pointersOf(refused)).toEqual(['/organisation']);
  });

  it('its body is larger than 64 KiB', async () => {
    const body = submission({ padding: 'x'.repeat(66_000) });
    const refused = await untilAnswered(() => post(cycle.id, body));
    expect(refusalOf(refused)).toEqual({ status: 413, code: 'payload-too-large' });
  });
});

describe('who may send', () => {
  it('by the public channel only where the cycle has it', async () => {
    const { id } = await openCycle(service, { channels: ['trust'] });
    expect(refusalOf(await post(id, submission()))).toEqual({ status: 403, code: 'forbidden' });
    expect((await post(id, submission(), { as: 'demo-trust' })).status).toBe(201);
  });

  it('by the trust channel only where the cycle has it', async () => {
    const { id } = await openCycle(service, { channels: ['public'] });
    const refused = await post(id, submission(), { as: 'demo-trust' });
    expect(refusalOf(refused)).toEqual({ status: 403, code: 'forbidden' });
    expect((await post(id, submission())).status).toBe(201);
  });

  it('no trust that takes no part', async () => {
    const refused = await post(cycle.id, submission(), { as: 'demo-trust-two' });
    expect(refusalOf(refused)).toEqual({ status: 403, code: 'forbidden' });
  });

  it('no client for an organisation in its header that it is not registered for', async () => {
    const refused = await post(cycle.id, submission(), {
      as: 'demo-trust',
      headers: { 'nhsd-end-user-organisation-ods': 'RV3' },
    });
    expect(refusalOf(refused)).toEqual({ status: 403, code: 'forbidden' });
  });

  it('no client without the scope, and nobody with a bad token, though the public may', async () => {
    const client = await registerClient(service, { scopes: ['loop:write'] });
    const token = await signIn(service, client);
    expect(refusalOf(await post(cycle.id, submission(), { token })).status).toBe(403);
    expect(refusalOf(await post(cycle.id, submission(), { token: 'x.y.z' })).status).toBe(401);
  });
});

describe('when may be sent', () => {
  const notOpen = { status: 409, code: 'cycle-not-open' };
  const notFound = { status: 404, code: 'not-found' };

  it('not to a cycle that is not there, nor to a draft', async () => {
    const { id } = await createCycle(service);
    expect(refusalOf(await post('6f1f3c5e-0b8a-4c57-9a55-1d1c2a5f7e10', submission()))).toEqual(
      notFound,
    );
    expect(refusalOf(await post(id, submission()))).toEqual(notFound);
    expect(refusalOf(await post(id, submission(), { as: 'demo-trust' }))).toEqual(notFound);
  });

  it('not before the cycle opens, and from then on by itself', async () => {
    const { id } = await createCycle(service, { opensAt: dateTimeIn(1) });
    await moveCycle(service, id, 'scheduled');
    expect(refusalOf(await post(id, submission()))).toEqual(notOpen);
    // Time passes: the opening comes, and nobody has to do anything.
    await service.database.query(
      "update cycles set opens_at = now() - interval '1 s' where id = $1",
      [id],
    );
    expect((await post(id, submission())).status).toBe(201);
  });

  it('not once it is closed', async () => {
    const { id } = await openCycle(service);
    expect((await post(id, submission())).status).toBe(201);
    await moveCycle(service, id, 'closed');
    expect(refusalOf(await post(id, submission()))).toEqual(notOpen);
    expect(await countRated(service, id)).toBe(1);
  });

  it('not once another instance of the Worker has closed it, though this one remembers it as open', async () => {
    const { id } = await openCycle(service);
    expect((await post(id, submission())).status).toBe(201);
    await service.database.query(
      'update cycles set closes_at = now(), version = version + 1 where id = $1',
      [id],
    );
    expect(refusalOf(await post(id, submission()))).toEqual(notOpen);
    expect(refusalOf(await post(id, submission(), { as: 'demo-trust' }))).toEqual(notOpen);
    expect(await countInbox(service, id)).toBe(1);
  });

  it('not once its time is over, though nobody closed it', async () => {
    const { id } = await openCycle(service);
    expect((await post(id, submission())).status).toBe(201);
    await service.database.query('update cycles set closes_at = now() where id = $1', [id]);
    expect(refusalOf(await post(id, submission()))).toEqual(notOpen);
  });

  it('also while another instance raises the threshold', async () => {
    const { id } = await openCycle(service);
    expect((await post(id, submission())).status).toBe(201);
    await service.database.query(
      'update cycles set threshold = 20, version = version + 1 where id = $1',
      [id],
    );
    expect((await post(id, submission())).status).toBe(201);
    expect(await countInbox(service, id)).toBe(2);
  });
});

it('nothing of what was sent is ever written to the logs', async () => {
  const marker = 'zqxjk-marker';
  const headers = {
    'user-agent': marker,
    'x-correlation-id': marker,
    'nhsd-end-user-organisation-ods': marker,
    referer: `https://${marker}.example.org/`,
  };
  const answers = [{ question: 'what-good', text: marker }];
  const bodies = [
    submission({ answers }),
    submission({ answers, service: marker }),
    submission({ [marker]: marker }),
  ];
  for (const body of bodies) {
    await post(cycle.id, body, { headers });
    await post(cycle.id, body, { headers, as: 'demo-trust' });
  }
  await send(service, 'GET', `/v1/cycles?${marker}=${marker}&cursor=${marker}`, { headers });
  await send(service, 'GET', `/v1/${marker}`, { token: marker });
  await service.fetch(`/v1/cycles/${cycle.id}/submissions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"${marker}`,
  });
  service.endpoint.faults.unavailable = true;
  const unavailable = await post(cycle.id, submission({ answers }), { headers });
  service.endpoint.faults.unavailable = false;
  expect(unavailable.status).toBe(503);

  // A defect of the product: the database refuses the row, and quotes it in its own message.
  await service.database.query(
    `alter table inbox add constraint refuses check (answers[1] <> '${marker}') not valid`,
  );
  const refused = await post(cycle.id, submission({ answers }), { headers });
  await service.database.query('alter table inbox drop constraint refuses');
  expect(refused.status).toBe(500);
  expect(refused.text).not.toContain(marker);
  await expect.poll(() => service.logs().join('\n')).toContain('"problem":"internal"');
  expect(service.logs().join('\n')).not.toContain(marker);
});
