import { Button } from '../../components/Button.tsx';
import { Table, type TableCell } from '../../components/Table.tsx';
import { NotFound, type View } from '../../page.tsx';
import { ChangeOf } from './change.tsx';
import { DistributionOf } from './distribution.tsx';
import { scaleWords } from './means.tsx';
import {
  countCell,
  gapWords,
  HowToRead,
  hiddenCell,
  meanCell,
  perspectiveName,
  signed,
} from './numbers.tsx';
import {
  aboutThisEvaluationOf,
  type Gap,
  greatestFirst,
  type Part,
  perspectivesOf,
  rowsOf,
  standardOf,
  standardsOf,
} from './part.ts';
import { PerspectivesChart } from './perspectives-chart.tsx';
import { hrefOf, type Released, resultsPage } from './released.ts';
import { ShownGroup } from './shown-group.tsx';

/** All that a release says of one standard of the cycle. */
export const standardPage = resultsPage(
  '/console/results/:cycleId/standards/:standard',
  (released): View => ({
    ...standardView(released, standardsOf(released)),
    back: { href: hrefOf(released, ''), text: 'Every standard' },
  }),
);

/** All that a release says of one standard about the evaluation itself. */
export const aboutStandardPage = resultsPage(
  '/console/results/:cycleId/about-this-evaluation/:standard',
  (released): View => {
    const part = aboutThisEvaluationOf(released);
    if (part === null) throw new NotFound();
    return {
      ...standardView(released, part),
      back: { href: hrefOf(released, part.path), text: 'About this evaluation' },
    };
  },
);

function standardView(released: Released, part: Part): View {
  const { code, title, statement } = standardOf(released, part);
  const rowOf = rowsOf(released, part);
  const groups = perspectivesOf(released).map((perspective) => ({
    perspective,
    name: perspectiveName(perspective),
    row: rowOf(code, perspective),
  }));
  const isWished = groups.some(({ row }) => row?.toBe);
  const gaps = greatestFirst(released, part.gaps).filter((gap) => gap.standard === code);
  const wishes = gaps.filter(({ perspective }) => perspective !== undefined);
  const hasWishes = isWished && wishes.length > 0;
  return {
    title: `${title} - ${released.cycle.title}`,
    isWide: true,
    body: (
      <>
        <h1 class="nhsuk-heading-l">
          <span class="nhsuk-caption-l">{released.cycle.title}</span> {title}
        </h1>
        {statement !== title && <p>{statement}</p>}
        <ShownGroup released={released} />
        <p>{scaleWords(part)}</p>
        <Table
          caption="On average"
          responsive
          firstCellIsHeader
          head={[
            'Who',
            { content: 'People', format: 'numeric' },
            { content: 'How it is', format: 'numeric' },
            isWished && { content: 'How it should be', format: 'numeric' },
            hasWishes && { content: 'Difference', format: 'numeric' },
          ]}
          rows={groups.map(({ name, perspective, row }) => [
            name,
            countCell(row?.count),
            meanCell(row?.asIs),
            isWished && meanCell(row?.toBe),
            hasWishes && differenceCell(wishes.find((gap) => gap.perspective === perspective)),
          ])}
        />
        {!isWished && (
          <p>Too few people, or nobody, said how it should be. Nothing is shown of that.</p>
        )}
        <HowToRead released={released} />
        <PerspectivesChart scale={part.set.scale} groups={groups} isWished={isWished} />
        <BetweenGroups gaps={gaps.filter(({ perspective }) => perspective === undefined)} />
        <h2 class="nhsuk-heading-m">How answers spread</h2>
        <DistributionOf measure="asIs" scale={part.set.scale} groups={groups} />
        {isWished && <DistributionOf measure="toBe" scale={part.set.scale} groups={groups} />}
        <ChangeOf released={released} part={part} standard={code} />
        <Button
          href={hrefOf(released, part.path === '/standards' ? '' : part.path)}
          variant="secondary"
        >
          Every standard
        </Button>
      </>
    ),
  };
}

/** How it should be, less how it is; told of organisations as a whole. */
function differenceCell(gap: Gap | undefined): TableCell {
  return gap === undefined ? hiddenCell : { content: signed(gap.difference) };
}

/** Every difference between groups on a standard. @param gaps the greatest first */
function BetweenGroups({ gaps }: { gaps: readonly Gap[] }) {
  const [greatest] = gaps;
  if (greatest === undefined) return null;
  return (
    <>
      <h2 class="nhsuk-heading-m">Differences between groups</h2>
      {greatest.difference !== 0 && (
        <p>
          People in different positions see this differently. That is a result, not an error: talk
          about it together.
        </p>
      )}
      <ul>
        {gaps.map(({ between, difference }) => (
          <li>{gapWords(between, difference)}</li>
        ))}
      </ul>
    </>
  );
}
