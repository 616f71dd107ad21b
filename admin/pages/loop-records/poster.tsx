import { getCycle } from '../../../api/cycles/contract.ts';
import { listLoopRecords } from '../../../api/loop-records/contract.ts';
import { getOrganisation } from '../../../api/organisations/contract.ts';
import { InsetText } from '../../components/InsetText.tsx';
import { QrCode } from '../../components/QrCode.tsx';
import { NotFound, page, Redirect, type Visit } from '../../page.tsx';
import { dayWords } from '../../words.ts';
import type { LoopRecord } from './own-record.ts';
import { type PosterSubject, subjectOf } from './poster-subject.ts';
import { answerWords } from './record-words.ts';

export const posterPage = page(
  '/console/loop-records/poster/print',
  ['publisher'],
  async (visit) => {
    const subject = subjectOf(visit.query);
    if (subject === null) return new Redirect('/console/loop-records/poster');
    const chosen = new Set(visit.query.getAll('record'));
    const [{ body }, name] = await Promise.all([
      visit.publicApi.call(listLoopRecords, {
        query: { [subject.name]: subject.value, limit: '100' },
      }),
      nameOf(visit, subject),
    ]);
    const records = body.items.filter(({ id }) => chosen.has(id));
    if (records.length === 0) throw new NotFound();
    const isA3 = visit.query.get('paper') === 'a3';
    const hasEach = visit.query.get('code') === 'each';
    const [only, another] = records;
    const at = (path: string) => `${visit.serviceUrl}${path}`;
    const address =
      only !== undefined && another === undefined
        ? at(`/you-said-we-did/${only.id}`)
        : at(`/you-said-we-did?${new URLSearchParams({ [subject.name]: subject.value })}`);
    return {
      title: 'Poster',
      isPoster: true,
      isWide: true,
      back: {
        href: `/console/loop-records/poster?${new URLSearchParams({ [subject.name]: subject.value })}`,
        text: 'Change what it shows',
      },
      body: (
        <>
          <div class="fc-no-print">
            <InsetText>
              {`To print it, or to save it as a PDF: press Ctrl and P (on a Mac, Command and P), and choose ${isA3 ? 'A3' : 'A4'} paper. This note is not printed.`}
            </InsetText>
          </div>
          <div class={isA3 ? 'fc-poster fc-poster--a3' : 'fc-poster'}>
            <h1 class="fc-poster__title">You said, we did</h1>
            <p class="fc-poster__name">{name}</p>
            {records.map((record) => (
              <Pair
                record={record}
                address={hasEach && another ? at(`/you-said-we-did/${record.id}`) : null}
              />
            ))}
            {!(hasEach && another) && (
              <Address text={address}>Read more, and see whether we kept our promises:</Address>
            )}
          </div>
        </>
      ),
    };
  },
);

/** How the organisation or the cycle is called. */
async function nameOf({ api }: Visit, { name, value }: PosterSubject): Promise<string> {
  if (name === 'cycle')
    return (await api.call(getCycle, { params: { cycleId: value } })).body.title;
  return (await api.call(getOrganisation, { params: { odsCode: value } })).body.name;
}

/** What was said and what was answered, kept together on one sheet. */
function Pair({ record, address }: { record: LoopRecord; address: string | null }) {
  const { title, youSaid, weDid, difference } = record;
  const { status, text, reason, dueOn, overdue } = weDid;
  const isOpen = !['done', 'cannot_do', 'no_longer_needed'].includes(status);
  return (
    <section class="fc-poster__pair">
      <h2 class="fc-poster__heading">{title}</h2>
      <h3 class="fc-poster__part">You said</h3>
      <p class="fc-poster__text">{youSaid.text}</p>
      <h3 class="fc-poster__part">{answerWords[status]}</h3>
      {reason !== null && <p class="fc-poster__text">{reason}</p>}
      {text !== null && <p class="fc-poster__text">{text}</p>}
      {dueOn !== null && isOpen && (
        <p class="fc-poster__text">
          {overdue
            ? `We promised this by ${dayWords(dueOn)}. It is late.`
            : `We promise this by ${dayWords(dueOn)}.`}
        </p>
      )}
      {difference !== null && (
        <>
          <h3 class="fc-poster__part">What is different now</h3>
          <p class="fc-poster__text">{difference}</p>
        </>
      )}
      {address !== null && <Address text={address}>Read more about this:</Address>}
    </section>
  );
}

function Address({ text, children }: { text: string; children: string }) {
  return (
    <div class="fc-poster__foot">
      <QrCode text={text} label={`QR code that leads to ${text}`} />
      <p>
        {children}
        <br />
        <span class="fc-poster__address">{text}</span>
      </p>
    </div>
  );
}
