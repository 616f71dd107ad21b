import {
  ChartFrame,
  ChartText,
  type ChartWords,
  chartWidth,
  Mark,
  type MarkShape,
  oneDecimal,
  rounded,
} from './ChartFrame.tsx';
import { linearScale, type Scale, ticks } from './scale.ts';

/** What a chart writes in the place of a number that is not published. */
export const hiddenWord = 'hidden';

/**
 * How one perspective sees one standard; a mean is null where it is not published. Without `toBe` there is nothing of how it
 * should be.
 */
export type PerspectiveMeans = { label: string; asIs: number | null; toBe?: number | null };

/** The perspectives side by side on one standard: how it is, and how it should be. */
export type ChartPerspectivesProps = ChartWords & {
  /** The ends of the scale that people answered on. */
  min: number;
  max: number;
  perspectives: readonly PerspectiveMeans[];
  asIsLabel?: string | undefined;
  toBeLabel?: string | undefined;
  format?: ((value: number) => string) | undefined;
};

const left = 130;
const right = chartWidth - 60;
const lineHeight = 26;

function Line({
  label,
  mean,
  y,
  scale,
  shape,
  format,
}: {
  label: string;
  mean: number | null;
  y: number;
  scale: Scale;
  shape: MarkShape;
  format: (value: number) => string;
}) {
  return (
    <>
      <ChartText x={16} y={y + 6}>
        {label}
      </ChartText>
      {mean === null ? (
        <ChartText x={left + 8} y={y + 6} isHidden>
          {hiddenWord}
        </ChartText>
      ) : (
        <>
          <Mark x={scale(mean)} y={y} shape={shape} />
          <ChartText x={scale(mean) + 16} y={y + 6}>
            {format(mean)}
          </ChartText>
        </>
      )}
    </>
  );
}

/** A dot plot; see {@link ChartPerspectivesProps}. */
export function ChartPerspectives({
  min,
  max,
  perspectives,
  asIsLabel = 'As it is',
  toBeLabel = 'As wished',
  format = oneDecimal,
  ...words
}: ChartPerspectivesProps) {
  const scale = linearScale({ min, max }, { from: left, to: right });
  const levels = ticks({ min, max });
  const isWished = perspectives.some(({ toBe }) => toBe !== undefined);
  const rowHeight = 40 + (isWished ? 2 : 1) * lineHeight;
  const bottom = perspectives.length * rowHeight;
  return (
    <ChartFrame {...words} height={bottom + 32}>
      {levels.map((level) => (
        <ChartText x={scale(level)} y={bottom + 18} anchor="middle">
          {level}
        </ChartText>
      ))}
      {perspectives.map(({ label, asIs, toBe }, index) => {
        const top = index * rowHeight;
        return (
          <>
            {/* Line by line, so that none runs through the words. */}
            {levels.map((level) => (
              <line
                class="fc-chart__grid"
                x1={rounded(scale(level))}
                x2={rounded(scale(level))}
                y1={top + 28}
                y2={top + rowHeight - 6}
              />
            ))}
            <ChartText x={0} y={top + 20} isLabel>
              {label}
            </ChartText>
            <Line
              {...{ label: asIsLabel, mean: asIs, y: top + 44, shape: 'circle', scale, format }}
            />
            {toBe !== undefined && (
              <Line
                {...{
                  label: toBeLabel,
                  mean: toBe,
                  y: top + 44 + lineHeight,
                  shape: 'diamond',
                  scale,
                  format,
                }}
              />
            )}
          </>
        );
      })}
    </ChartFrame>
  );
}
