import { Table } from '../../components/Table.tsx';
import { NumberedPages, sliceOf } from './numbered-pages.tsx';
import { meanCell, perspectiveName } from './numbers.tsx';
import { type Part, perspectivesOf, rowsOf } from './part.ts';
import { hrefOf, type Released } from './released.ts';

/** So many standards keep the page small with every perspective beside each. */
const STANDARDS_PER_PAGE = 15;

/** Every standard of a part by every perspective: the means of how things are. */
export function MeansOf({ released, part }: { released: Released; part: Part }) {
  const { set } = part;
  const perspectives = perspectivesOf(released);
  const rowOf = rowsOf(released, part);
  const slice = sliceOf(released.visit, set.standards, STANDARDS_PER_PAGE);
  return (
    <>
      <p>{scaleWords(part)} Choose a standard to see how answers spread.</p>
      <section class="fc-scroll" aria-label="How things are, on average" tabindex={0}>
        <Table
          caption="How things are, on average"
          responsive
          classes="fc-matrix"
          firstCellIsHeader
          head={[
            'Standard',
            ...perspectives.map((each) => ({
              content: perspectiveName(each),
              format: 'numeric' as const,
            })),
          ]}
          rows={slice.items.map(({ code, title }) => [
            { content: <a href={hrefOf(released, `${part.path}/${code}`)}>{title}</a> },
            ...perspectives.map((each) => meanCell(rowOf(code, each)?.asIs)),
          ])}
        />
      </section>
      <NumberedPages visit={released.visit} slice={slice} />
    </>
  );
}

/** What people answered on: `From 1 (Never) to 5 (Always).` */
export function scaleWords({ set }: Part): string {
  const { min, max, labels } = set.scale;
  const end = (answer: number, label: string | undefined) =>
    label === undefined ? `${answer}` : `${answer} (${label})`;
  return `Answers go from ${end(min, labels[0])} to ${end(max, labels.at(-1))}.`;
}
