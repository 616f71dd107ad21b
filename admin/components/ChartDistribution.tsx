import { ChartFrame, ChartText, type ChartWords, chartWidth, rounded } from './ChartFrame.tsx';
import { hiddenWord } from './ChartPerspectives.tsx';

/** How the answers of one perspective, or of one cycle, spread over the levels. */
export type DistributionRow = {
  label: string;
  /** In percent, from the first level to the last; null where it is not published. */
  shares: readonly number[] | null;
};

/** Bars of a hundred percent each, one below the other. */
export type ChartDistributionProps = ChartWords & {
  /** The levels in their order, as in "Never" to "Always". Five at most. */
  levels: readonly string[];
  /** The answer that the first level stands for; 1 unless given. */
  first?: number | undefined;
  rows: readonly DistributionRow[];
};

const legendLine = 26;
const rowHeight = 96;
const barHeight = 30;

/** The fillings of the levels, from empty to full: they differ by what is drawn, not by colour. */
function Patterns({ id }: { id: string }) {
  const marks = [
    undefined,
    'M2 2h1v1h-1zM7 7h1v1h-1z',
    'M0 10L10 0M-1 1L1-1M9 11L11 9',
    'M0 2.5h10M0 7.5h10M2.5 0v10M7.5 0v10',
    'M0 0h10v10h-10z',
  ];
  return (
    <defs>
      {marks.map((d, index) => (
        <pattern
          id={`${id}-level-${index + 1}`}
          width={10}
          height={10}
          patternUnits="userSpaceOnUse"
        >
          <rect class="fc-chart__paper" width={10} height={10} />
          {d && <path class="fc-chart__ink" stroke-width={index === 4 ? 0 : 1.5} d={d} />}
        </pattern>
      ))}
    </defs>
  );
}

function Box({
  id,
  level,
  x,
  y,
  width,
  height,
}: {
  id: string;
  level: number;
  x: number;
  y: number;
  width: number;
  height: number;
}) {
  return (
    <rect
      fill={`url(#${id}-level-${level + 1})`}
      stroke="currentColor"
      stroke-width={1.5}
      x={rounded(x)}
      y={y}
      width={rounded(width)}
      height={height}
    />
  );
}

function Bar({ id, shares, y }: { id: string; shares: readonly number[]; y: number }) {
  // Rounded percentages need not make a hundred: the bar is as long as all of them.
  const total = shares.reduce((sum, share) => sum + share, 0);
  const width = chartWidth - 4;
  let before = 0;
  return (
    <>
      {shares.map((share, level) => {
        const x = 2 + (total === 0 ? 0 : (before / total) * width);
        before += share;
        if (share <= 0) return null;
        return (
          <Box
            id={id}
            level={level}
            x={x}
            y={y}
            width={(share / total) * width}
            height={barHeight}
          />
        );
      })}
    </>
  );
}

/** See {@link ChartDistributionProps}. Every share is also written below its bar. */
export function ChartDistribution({ levels, first = 1, rows, ...words }: ChartDistributionProps) {
  if (levels.length > 5)
    throw new RangeError('A chart of a distribution shows five levels at most.');
  const legend = levels.length * legendLine + 12;
  return (
    <ChartFrame {...words} height={legend + rows.length * rowHeight}>
      <Patterns id={words.id} />
      {levels.map((level, index) => (
        <>
          <Box
            id={words.id}
            level={index}
            x={2}
            y={index * legendLine + 2}
            width={28}
            height={18}
          />
          <ChartText x={42} y={index * legendLine + 17}>
            {first + index}: {level}
          </ChartText>
        </>
      ))}
      {rows.map(({ label, shares }, index) => {
        const top = legend + index * rowHeight;
        return (
          <>
            <ChartText x={0} y={top + 20} isLabel>
              {label}
            </ChartText>
            {shares === null ? (
              <ChartText x={2} y={top + 50} isHidden>
                {hiddenWord}
              </ChartText>
            ) : (
              <>
                <Bar id={words.id} shares={shares} y={top + 28} />
                <ChartText x={2} y={top + 28 + barHeight + 22}>
                  {shares
                    .map((share, level) => `${first + level}: ${Math.round(share)}%`)
                    .join(', ')}
                </ChartText>
              </>
            )}
          </>
        );
      })}
    </ChartFrame>
  );
}
