import { getStandardSetVersion } from '../../../api/standard-sets/contract.ts';
import { Table } from '../../components/Table.tsx';
import { Tag } from '../../components/Tag.tsx';
import { NotFound, page } from '../../page.tsx';
import { type Pair, pairsOf } from './pairs.ts';
import { everyRole, type Version } from './version-words.tsx';

export const compareVersions = page(
  '/console/standards/:standardSetId/compare',
  everyRole,
  async ({ api, params, query }) => {
    const standardSetId = params.standardSetId ?? '';
    const read = async (name: string): Promise<Version> => {
      const version = query.get(name) ?? '';
      if (!/^\d{1,5}$/.test(version)) throw new NotFound();
      return (await api.call(getStandardSetVersion, { params: { standardSetId, version } })).body;
    };
    const [before, after] = await Promise.all([read('from'), read('to')]);
    const pairs = pairsOf(before.standards, after.standards);
    return {
      title: `Versions ${before.version} and ${after.version} of ${after.title}`,
      back: { href: `/console/standards/${standardSetId}`, text: 'All versions' },
      isWide: true,
      body: (
        <>
          <h1 class="nhsuk-heading-l">
            Versions {before.version} and {after.version} of {after.title}
          </h1>
          {after.changes !== null && <p>{after.changes}</p>}
          <Table
            caption="Standards"
            responsive
            head={[
              'Code',
              'What happened',
              `Version ${before.version}`,
              `Version ${after.version}`,
            ]}
            rows={pairs.map((pair) => [
              { content: <span class="fc-code">{pair.code}</span> },
              { content: <Outcome pair={pair} /> },
              { content: <Words of={pair.before} /> },
              { content: <Words of={pair.after} /> },
            ])}
          />
          <Table
            caption="Everything else"
            responsive
            head={['Part', `Version ${before.version}`, `Version ${after.version}`]}
            rows={[
              ['Name', before.title, after.title],
              ['Labels', before.scale.labels.join(', '), after.scale.labels.join(', ')],
              ['Written together by', list(before.coProducedBy), list(after.coProducedBy)],
              ['Where they did not agree', list(before.dissent), list(after.dissent)],
            ]}
            firstCellIsHeader
          />
        </>
      ),
    };
  },
);

const outcomes = {
  same: { text: 'The same', colour: 'grey' },
  changed: { text: 'Changed', colour: 'blue' },
  added: { text: 'New', colour: 'green' },
  removed: { text: 'Removed', colour: 'red' },
} as const;

function Outcome({ pair }: { pair: Pair }) {
  const { text, colour } = outcomes[pair.outcome];
  return <Tag colour={colour}>{text}</Tag>;
}

function Words({ of }: { of: Pair['before'] }) {
  if (of === null) return '-';
  return (
    <>
      <strong>{of.title}</strong>
      <br />
      {of.statement}
    </>
  );
}

function list(items: readonly string[]): string {
  return items.join('; ') || '-';
}
