import { listCycles } from '../../../api/cycles/contract.ts';
import { listLoopRecords } from '../../../api/loop-records/contract.ts';
import { type LoopStatus, loopStatuses } from '../../../domain/vocabulary.ts';
import { Button } from '../../components/Button.tsx';
import { InsetText } from '../../components/InsetText.tsx';
import { Tag } from '../../components/Tag.tsx';
import { page } from '../../page.tsx';
import { Pages, pagingOf } from '../../paging.tsx';
import { countWords, dayWords, loopStatusWords } from '../../words.ts';
import { BoardFilter, filterOf } from './board-filter.tsx';
import { type LoopRecord, recordHref } from './own-record.ts';
import { latenessWords, statusColours } from './record-words.ts';

const doneMessages: Readonly<Record<string, string>> = {
  withdrawn: 'The record is withdrawn. Whoever looks for it is told so.',
};

export const loopRecordBoard = page('/console/loop-records', ['publisher'], async (visit) => {
  const { cursor, titleSuffix } = pagingOf(visit);
  const own = visit.person.organisationsAs('publisher');
  const filter = filterOf(visit, own);
  const [{ body: records }, { body: cycles }] = await Promise.all([
    visit.api.call(listLoopRecords, {
      query: {
        organisation: filter.organisation,
        cycle: filter.cycle,
        overdue: filter.isOverdue ? 'true' : undefined,
        limit: '100',
        cursor,
      },
    }),
    visit.api.call(listCycles, {
      query: { organisation: own.length === 1 ? own[0] : undefined, limit: '100' },
    }),
  ]);
  const { items, next } = records;
  const isPart = next !== null || cursor !== undefined;
  return {
    title: `You said, we did${titleSuffix}`,
    isWide: true,
    done: doneMessages[visit.query.get('done') ?? ''],
    body: (
      <>
        <h1 class="nhsuk-heading-l">You said, we did</h1>
        <p>
          What people said, what is done about it, and by when. “No, because …” is a proper answer
          too.
        </p>
        <div class="fc-actions">
          <Button href="/console/loop-records/new">Write a record</Button>
          <Button href="/console/loop-records/poster" variant="secondary">
            Make a poster
          </Button>
        </div>
        <BoardFilter filter={filter} organisations={own} cycles={cycles.items} />
        {isPart && (
          <InsetText>
            There are more records than fit on a page. Overdue ones stand first on each page; to see
            all of those together, choose “Only overdue” above.
          </InsetText>
        )}
        {items.length === 0 ? (
          <Empty isFiltered={filter.isAny} />
        ) : (
          <Board records={items} isOfSeveral={own.length > 1} now={visit.now} />
        )}
        <Pages visit={visit} next={next} />
      </>
    ),
  };
});

function Empty({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <p>No record is like this. Choose something else above.</p>;
  return <p>There is no record yet. Write one about something that people told you.</p>;
}

/** One column for what is overdue, then one for each status that there is. */
function Board(props: { records: readonly LoopRecord[]; isOfSeveral: boolean; now: Date }) {
  const { records } = props;
  const overdue = records
    .filter(({ weDid }) => weDid.overdue)
    .sort((one, other) => ((one.weDid.dueOn ?? '') < (other.weDid.dueOn ?? '') ? -1 : 1));
  const others = (status: LoopStatus) =>
    records.filter(({ weDid }) => !weDid.overdue && weDid.status === status);
  const columns = [
    { title: 'Overdue', records: overdue },
    ...loopStatuses.map((status) => ({ title: loopStatusWords[status], records: others(status) })),
  ].filter((column) => column.records.length > 0);
  return (
    <div class="fc-board">
      {columns.map((column) => (
        <section class="fc-board__column">
          <h2 class="nhsuk-heading-s">
            {column.title}
            <span class="nhsuk-u-visually-hidden">
              : {countWords(column.records.length, 'record')}
            </span>
          </h2>
          <ul class="nhsuk-list">
            {column.records.map((record) => (
              <li>
                <BoardItem {...props} record={record} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function BoardItem({
  record,
  isOfSeveral,
  now,
}: {
  record: LoopRecord;
  isOfSeveral: boolean;
  now: Date;
}) {
  const { id, version, publishedVersion, organisation, title, weDid, contested } = record;
  const { status, dueOn, overdue } = weDid;
  return (
    <>
      <a href={recordHref(id)}>{title}</a>
      <br />
      {overdue && (
        <>
          <Tag colour="red">Overdue</Tag>{' '}
          <Tag colour={statusColours[status]}>{loopStatusWords[status]}</Tag>{' '}
        </>
      )}
      {publishedVersion === null && <Tag colour="grey">Draft</Tag>}
      {publishedVersion !== null && publishedVersion !== version && (
        <Tag colour="purple">Changed since published</Tag>
      )}{' '}
      {contested && <Tag colour="orange">Contested</Tag>}
      <BoardNote
        due={
          dueOn === null || status === 'done'
            ? null
            : overdue
              ? `${latenessWords(dueOn, now)}, promised by ${dayWords(dueOn)}`
              : `Promised by ${dayWords(dueOn)}`
        }
        organisation={isOfSeveral ? organisation : null}
      />
    </>
  );
}

function BoardNote({ due, organisation }: { due: string | null; organisation: string | null }) {
  const text = [organisation, due].filter((part) => part !== null).join(': ');
  if (text === '') return null;
  return <div class="nhsuk-body-s">{text}</div>;
}
