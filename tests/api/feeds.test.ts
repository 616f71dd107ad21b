import { parseFeed } from '@rowanmanning/feed-parser';
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toAtom } from '../../domain/feeds/atom.ts';
import { contentOf, type FeedEntry } from '../../domain/feeds/feed.ts';
import { type Service, startService } from '../support/service.ts';
import { storeRecord } from './support/published.ts';
import { refusalOf, type Shown, send } from './support/send.ts';
import { createLoopRecord, dateIn, openCycle, publishLoopRecord } from './support/things.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());
beforeEach(() =>
  service.database.query(
    'truncate loop_records, loop_record_publications, shown_confirmations, confirmation_counts',
  ),
);

const staff = { as: 'demo-admin' };

/** Reads XML as it stands, with every element that may come more than once as a list. */
const xml = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (name) => ['entry', 'link', 'category', 'at:deleted-entry', 'author'].includes(name),
});

async function readAtom(query = '', headers: Record<string, string> = {}) {
  const response = await service.fetch(`/v1/loop-records.atom${query}`, { headers });
  const text = await response.text();
  if (response.status !== 200) return { response, text, feed: {} as Shown, entries: [] };
  expect(XMLValidator.validate(text)).toBe(true);
  const { feed } = xml.parse(text) as Shown;
  return { response, text, feed, entries: (feed.entry ?? []) as Shown[] };
}

async function readJson(query = ''): Promise<Shown> {
  return (await send(service, 'GET', `/v1/loop-records.json${query}`)).body;
}

const withdraw = (id: string) =>
  send(service, 'DELETE', `/v1/loop-records/${id}/publication`, staff);
async function republish(id: string, version: number, body: unknown) {
  const headers = { 'if-match': `W/"${version}"` };
  await send(service, 'PATCH', `/v1/loop-records/${id}`, { ...staff, headers, body });
  const sent = await send(service, 'PUT', `/v1/loop-records/${id}/publication`, staff);
  expect(sent.status, sent.text).toBe(200);
}

const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const ats = (days: number) => new Date(`${dateIn(days)}T09:30:15.678Z`);

describe('the Atom feed', () => {
  it('has what RFC 4287 asks of a feed and of an entry', async () => {
    const id = await storeRecord(service, [
      { publishedAt: ats(-9) },
      { enquiryCategory: 'information', publishedAt: ats(-3), dueOn: dateIn(-1) },
    ]);
    const { response, feed, entries } = await readAtom('?organisation=RHA');
    expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    expect(feed.xmlns).toBe('http://www.w3.org/2005/Atom');
    const self = `${service.url}/v1/loop-records.atom?organisation=RHA`;
    expect(feed).toMatchObject({
      id: self,
      title: expect.stringMatching(/^You said, we did: Nottinghamshire/),
      updated: `${dateIn(-3)}T09:30:15Z`,
    });
    expect(feed.link).toContainEqual({ rel: 'self', type: 'application/atom+xml', href: self });
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      id: `urn:uuid:${id}`,
      title: 'Somewhere quiet to sit',
      published: `${dateIn(-9)}T09:30:15Z`,
      updated: `${dateIn(-3)}T09:30:15Z`,
      author: [{ name: expect.stringContaining('Nottinghamshire') }],
    });
    const [link] = entries[0].link;
    expect(link).toEqual({
      rel: 'alternate',
      type: 'application/json',
      href: `${service.url}/v1/loop-records/${id}`,
    });
    expect((await service.fetch(new URL(link.href).pathname)).status).toBe(200);
    expect(entries[0].category.map(({ term }: Shown) => term)).toEqual(['information', 'planned']);
    const content = entries[0].content;
    expect(content.type).toBe('html');
    expect(content['#text']).toContain('The waiting room is loud.');
    expect(content['#text']).toContain(`Planned. Due on ${dateIn(-1)}. This is overdue.`);
  });

  it('is read by a feed reader', async () => {
    const id = await storeRecord(service, [{ title: 'Tea & "quiet" <rooms>' }]);
    const { text } = await readAtom();
    const feed = parseFeed(text);
    expect(feed.meta).toMatchObject({ type: 'atom', version: '1.0' });
    expect(feed.title).toBe('You said, we did');
    expect(feed.self).toBe(`${service.url}/v1/loop-records.atom`);
    expect(feed.items).toHaveLength(1);
    expect(feed.items[0]).toMatchObject({
      id: `urn:uuid:${id}`,
      title: 'Tea & "quiet" <rooms>',
      url: `${service.url}/v1/loop-records/${id}`,
    });
    expect(feed.items[0]?.content).toContain('<strong>You said:</strong>');
    expect(feed.items[0]?.updated).toBeInstanceOf(Date);
  });

  it('is a good feed also where there is nothing to tell', async () => {
    const { text, feed, entries } = await readAtom('?organisation=RV3');
    expect(entries).toEqual([]);
    expect(feed.id).toBe(`${service.url}/v1/loop-records.atom?organisation=RV3`);
    expect(feed.updated).toMatch(dateTime);
    expect(feed.author).toHaveLength(1);
    expect(parseFeed(text).items).toEqual([]);
  });

  it('has one id for one filter, however that is written', async () => {
    const { id: cycle } = (await openCycle(service)) as { id: string };
    const ids = await Promise.all(
      [
        `?organisation=RHA&cycle=${cycle}`,
        `?cycle=${cycle.toUpperCase()}&organisation=rha`,
        `?cycle=${cycle}&organisation=%20RHA`,
      ].map(async (query) => (await readAtom(query)).feed.id),
    );
    expect(new Set(ids).size).toBe(1);
    expect((await readAtom()).feed.id).not.toBe(ids[0]);
  });

  it('keeps the id of an entry through changes, and tells of the newest version', async () => {
    const { id } = await publishLoopRecord(service);
    const before = await readAtom();
    await republish(id, 1, { title: 'A quiet room', weDid: { status: 'done', text: 'Open.' } });
    const after = await readAtom();
    expect(after.entries.map((entry) => entry.id)).toEqual([before.entries[0].id]);
    expect(after.entries[0].published).toBe(before.entries[0].published);
    expect(after.entries[0]).toMatchObject({ title: 'A quiet room' });
    expect(after.entries[0].content['#text']).toContain('Done.');
    expect(after.feed.id).toBe(before.feed.id);
  });

  it('never tells of a draft, nor of a change that is not published', async () => {
    const draft = await createLoopRecord(service, { title: 'Not yet' });
    const { id } = await publishLoopRecord(service);
    const headers = { 'if-match': 'W/"1"' };
    const body = { title: 'Not yet either' };
    await send(service, 'PATCH', `/v1/loop-records/${id}`, { ...staff, headers, body });
    for (const text of [
      (await readAtom()).text,
      JSON.stringify(await readJson()),
      (await readAtom('', { authorization: `Bearer ${await service.token('demo-admin')}` })).text,
    ]) {
      expect(text).toContain(id);
      expect(text).not.toContain(draft.id);
      expect(text).not.toContain('Not yet');
    }
  });

  it('puts a tombstone where a record was withdrawn, and nothing of what it said', async () => {
    const kept = await storeRecord(service, [{ publishedAt: ats(-3) }]);
    const { id } = await publishLoopRecord(service, { title: 'A title that goes' });
    await withdraw(id);
    const { text, feed, entries } = await readAtom();
    expect(entries.map((entry) => entry.id)).toEqual([`urn:uuid:${kept}`]);
    expect(feed['xmlns:at']).toBe('http://purl.org/atompub/tombstones/1.0');
    expect(feed['at:deleted-entry']).toEqual([
      { ref: `urn:uuid:${id}`, when: expect.stringMatching(dateTime) },
    ]);
    expect(feed.updated).toBe(feed['at:deleted-entry'][0].when);
    expect(text).not.toContain('A title that goes');
    expect(parseFeed(text).items).toHaveLength(1);
  });

  it('tells the hundred latest changes, newest first, withdrawals among them', async () => {
    const ids: string[] = [];
    for (let days = 0; days < 103; days += 1)
      ids.push(
        await storeRecord(service, [{ publishedAt: ats(-days) }], {
          withdrawnAt: days === 102 ? ats(-50) : null,
        }),
      );
    const { feed, entries } = await readAtom();
    expect(entries.map((entry) => entry.id)).toEqual(
      ids.slice(0, 99).map((id) => `urn:uuid:${id}`),
    );
    expect(feed['at:deleted-entry']).toMatchObject([{ ref: `urn:uuid:${ids[102]}` }]);
  });

  it('is narrowed by organisation and cycle', async () => {
    const { id: cycleId } = (await openCycle(service)) as { id: string };
    const own = await storeRecord(service, [{}], { cycleId });
    const other = await storeRecord(service, [{}], { organisation: 'RV3' });
    const found = async (query: string) =>
      (await readAtom(query)).entries.map((entry) => entry.id).sort();
    expect(await found('')).toEqual([own, other].map((id) => `urn:uuid:${id}`).sort());
    expect(await found('?organisation=RV3')).toEqual([`urn:uuid:${other}`]);
    expect(await found(`?cycle=${cycleId}`)).toEqual([`urn:uuid:${own}`]);
    expect(await found(`?cycle=${cycleId}&organisation=RV3`)).toEqual([]);
  });

  it('may be kept for five minutes, has a strong ETag and answers 304', async () => {
    const { id } = await publishLoopRecord(service);
    const { response } = await readAtom();
    const etag = response.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{20,}"$/);
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    const again = await readAtom('', { 'if-none-match': etag });
    expect([again.response.status, again.text]).toEqual([304, '']);
    await withdraw(id);
    const changed = await readAtom('', { 'if-none-match': etag });
    expect(changed.response.status).toBe(200);
  });

  it('is had by whoever asks for Atom, and by nobody who asks for something else', async () => {
    for (const accept of ['application/atom+xml, text/xml;q=0.5', '*/*', 'application/*'])
      expect((await readAtom('', { accept })).response.status).toBe(200);
    expect((await readAtom('', { accept: 'text/html' })).response.status).toBe(406);
    const wrong = await send(service, 'GET', '/v1/loop-records.rss');
    expect(refusalOf(wrong)).toEqual({ status: 404, code: 'not-found' });
  });
});

describe('the JSON Feed', () => {
  it('says the same as the Atom feed', async () => {
    await storeRecord(service, [{ publishedAt: ats(-9), enquiryCategory: 'information' }]);
    await storeRecord(service, [{ status: 'done', text: 'Open.', title: 'Tea & biscuits' }]);
    const gone = await storeRecord(service, [{}], { withdrawnAt: new Date() });
    const json = await readJson();
    const { entries, feed } = await readAtom();
    expect(json).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      title: feed.title,
      feed_url: `${service.url}/v1/loop-records.json`,
      home_page_url: `${service.url}/v1/loop-records`,
    });
    expect(json.items).toHaveLength(2);
    expect(json.items).toEqual(
      entries.map((entry) => ({
        id: entry.id,
        url: entry.link[0].href,
        title: entry.title,
        content_html: entry.content['#text'],
        date_published: entry.published,
        date_modified: entry.updated,
        authors: entry.author,
        tags: entry.category.map(({ term }: Shown) => term),
      })),
    );
    expect(json._tombstones).toEqual({
      about: expect.stringMatching(/^http.*\/docs\/loop-records#get-json-feed$/),
      items: [{ id: `urn:uuid:${gone}`, when: expect.stringMatching(dateTime) }],
    });
    const response = await service.fetch('/v1/loop-records.json');
    expect(response.headers.get('content-type')).toBe('application/feed+json');
  });

  it('explains its extension where it says', async () => {
    const { about } = (await readJson())._tombstones;
    const { pathname, hash } = new URL(about);
    const page = await (await service.fetch(pathname)).text();
    expect(page).toContain(`id="${hash.slice(1)}"`);
    expect(page).toContain('_tombstones');
  });
});

describe('what somebody wrote', () => {
  const hostile = [
    ']]>',
    '<script>alert(1)</script>',
    '</title><entry><id>x</id></entry>',
    '&lt;b&gt; &amp; &#0; &bogus;',
    '<!--',
    '<![CDATA[',
    '" onmouseover="alert(1)',
    "it's",
    '\u{1F600} a face',
    'control \u0001\u0008\u000b\u001f characters',
    'not a character \ufffe\uffff',
    '\u202eright to left',
    'a\r\nb\nc',
  ];

  it.each(hostile)('is text and nothing else in a title and a content: %j', async (text) => {
    const id = await storeRecord(service, [{ title: text, said: text }]);
    const { text: atom, entries } = await readAtom();
    expect(entries.map((entry) => entry.id)).toEqual([`urn:uuid:${id}`]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    expect(atom).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
    expect(atom).not.toMatch(/<script|<!--|<!\[CDATA/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is dropped.
    const shown = text.replaceAll(/[\u0001-\u0008\u000b\u000e-\u001f\ufffe\uffff]/g, '');
    const squeezed = (value: string) => value.replaceAll(/\s+/g, ' ').trim();
    expect(squeezed(entries[0].title)).toBe(squeezed(shown));
    const html = entries[0].content['#text'];
    expect(html).not.toMatch(/<(?!\/?(?:p|strong|br)>)/);
    expect(parseFeed(atom).items).toHaveLength(1);
    const [json] = (await readJson()).items;
    expect(json.title).toBe(text);
    expect(json.content_html).toBe(html);
  });

  const plain: FeedEntry = {
    id: '0d7f2a3e-5a4b-4c1d-8e8f-2b9a6c4d1e70',
    href: 'https://full-circle.example/v1/loop-records/0d7f2a3e-5a4b-4c1d-8e8f-2b9a6c4d1e70',
    title: 'A title',
    organisation: 'A trust',
    published: '2026-11-20T10:00:00Z',
    updated: '2026-11-20T10:00:00Z',
    said: 'x',
    status: 'cannot_do',
    done: null,
    reason: null,
    dueOn: null,
    isOverdue: false,
    difference: null,
    enquiryCategory: null,
  };
  const feedOf = (entry: FeedEntry) =>
    toAtom({
      title: entry.title,
      self: 'https://full-circle.example/v1/loop-records.atom?organisation=RHA&cycle=x',
      alternate: 'https://full-circle.example/v1/loop-records?organisation=RHA&cycle=x',
      updated: entry.updated,
      entries: [entry],
      tombstones: [],
    });

  it('never breaks a feed out of its form, whatever it is', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", ']', '!', '-', 'a', '\u0000') }),
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((c) => String.fromCharCode(c)) }),
    );
    fc.assert(
      fc.property(text, text, text, (title, said, organisation) => {
        const atom = feedOf({ ...plain, title, said, organisation, reason: said });
        expect(XMLValidator.validate(atom)).toBe(true);
        expect(atom.isWellFormed()).toBe(true);
        expect(atom.match(/<entry>/g)).toHaveLength(1);
        // Everything that XML 1.0 can hold, and nothing else (section 2.2).
        for (const character of atom) {
          const code = character.codePointAt(0) ?? 0;
          const isChar =
            [9, 10, 13].includes(code) || (code >= 0x20 && code !== 0xfffe && code !== 0xffff);
          expect(isChar, code.toString(16)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is told in plain words, with the reason where the answer is no', () => {
    const html = contentOf({ ...plain, said: 'a < b\nc', reason: 'There is no money.' });
    expect(html).toBe(
      '<p><strong>You said:</strong> a &lt; b<br>c</p>' +
        '<p><strong>Where it stands:</strong> We cannot do this.</p>' +
        '<p><strong>Why:</strong> There is no money.</p>',
    );
  });
});
