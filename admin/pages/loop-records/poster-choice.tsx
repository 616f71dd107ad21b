import { listCycles } from '../../../api/cycles/contract.ts';
import { listLoopRecords } from '../../../api/loop-records/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Checkboxes } from '../../components/Checkboxes.tsx';
import { Radios } from '../../components/Radios.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { type FormShown, formPage, Redirect, type View, type Visit } from '../../page.tsx';
import { loopStatusWords } from '../../words.ts';
import type { LoopRecord } from './own-record.ts';
import { subjectOf } from './poster-subject.ts';

/** Nothing is chosen yet of what a poster can be about, or records of one organisation or cycle. */
type Loaded =
  | { kind: 'subjects'; cycles: readonly { id: string; title: string }[] }
  | { kind: 'records'; records: readonly LoopRecord[]; hasMore: boolean };

export const posterChoicePage = formPage<Loaded>({
  path: '/console/loop-records/poster',
  roles: ['publisher'],
  load,
  initial: () => Fields.of({ paper: 'a4', code: 'all' }),
  show: (shown) => (shown.loaded.kind === 'subjects' ? showSubjects(shown) : showRecords(shown)),
  save: async ({ query }, fields) => {
    const subject = subjectOf(query);
    const chosen = fields.all('record');
    if (subject === null) return new Redirect('/console/loop-records/poster');
    if (chosen.length === 0) return [{ field: 'record', text: 'Select at least one record' }];
    const asked = new URLSearchParams({
      [subject.name]: subject.value,
      paper: fields.raw('paper') === 'a3' ? 'a3' : 'a4',
      code: fields.raw('code') === 'each' ? 'each' : 'all',
    });
    for (const id of chosen) asked.append('record', id);
    return new Redirect(`/console/loop-records/poster/print?${asked}`);
  },
});

async function load({ api, publicApi, person, query }: Visit): Promise<Loaded> {
  const subject = subjectOf(query);
  if (subject !== null) {
    const { body } = await publicApi.call(listLoopRecords, {
      query: { [subject.name]: subject.value, limit: '100' },
    });
    return { kind: 'records', records: body.items, hasMore: body.next !== null };
  }
  const own = person.organisationsAs('publisher');
  const { body } = await api.call(listCycles, {
    query: { organisation: own.length === 1 ? own[0] : undefined, limit: '100' },
  });
  const cycles = body.items.filter(({ organisations }) =>
    organisations.some((odsCode) => own.includes(odsCode)),
  );
  return { kind: 'subjects', cycles };
}

function showSubjects({ visit, loaded }: FormShown<Loaded>): View {
  const cycles = loaded.kind === 'subjects' ? loaded.cycles : [];
  const linkTo = (name: string, value: string) =>
    `/console/loop-records/poster?${new URLSearchParams({ [name]: value })}`;
  return {
    title: 'What is the poster about?',
    back: { href: '/console/loop-records', text: 'You said, we did' },
    body: (
      <>
        <h1 class="nhsuk-heading-l">What is the poster about?</h1>
        <p>A poster shows published records only, as the public reads them.</p>
        <h2 class="nhsuk-heading-m">All of an organisation</h2>
        <ul>
          {visit.person.organisationsAs('publisher').map((odsCode) => (
            <li>
              <a href={linkTo('organisation', odsCode)}>{odsCode}</a>
            </li>
          ))}
        </ul>
        <h2 class="nhsuk-heading-m">One cycle</h2>
        {cycles.length === 0 ? (
          <p>There is no cycle yet.</p>
        ) : (
          <ul>
            {cycles.map(({ id, title }) => (
              <li>
                <a href={linkTo('cycle', id)}>{title}</a>
              </li>
            ))}
          </ul>
        )}
      </>
    ),
  };
}

function showRecords({ loaded, fields, errors }: FormShown<Loaded>): View {
  const { records, hasMore } = loaded.kind === 'records' ? loaded : { records: [], hasMore: false };
  return {
    title: 'What should the poster show?',
    back: { href: '/console/loop-records/poster', text: 'What the poster is about' },
    body: (
      <>
        <h1 class="nhsuk-heading-l">What should the poster show?</h1>
        {records.length === 0 ? (
          <p>
            Nothing is published here yet. Publish a record first, then it can stand on a poster.
          </p>
        ) : (
          <Form>
            <Checkboxes
              legend={{ text: 'Records', size: 's' }}
              hint="Two or three short ones fit on one page. Put “no” beside “yes”: people trust that more."
              name="record"
              values={fields.all('record')}
              errorMessage={errors.of('record')}
              items={records.map(({ id, title, weDid }) => ({
                text: title,
                value: id,
                hint: weDid.overdue
                  ? `${loopStatusWords[weDid.status]}, overdue`
                  : loopStatusWords[weDid.status],
              }))}
            />
            {hasMore && <p>There are more published records than can be shown here.</p>}
            <Radios
              legend={{ text: 'Paper', size: 's' }}
              name="paper"
              value={fields.raw('paper')}
              items={[
                { text: 'A4', value: 'a4' },
                { text: 'A3', value: 'a3' },
              ]}
            />
            <Radios
              legend={{ text: 'QR code', size: 's' }}
              hint="Leads whoever scans it to the public records, which hold only what is published."
              name="code"
              value={fields.raw('code')}
              items={[
                { text: 'One for all records', value: 'all' },
                { text: 'One beside each record', value: 'each' },
              ]}
            />
            <Button>Make the poster</Button>
          </Form>
        )}
      </>
    ),
  };
}
