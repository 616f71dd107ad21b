import {
  ChartFrame,
  ChartText,
  type ChartWords,
  Mark,
  type MarkShape,
  markShapes,
  oneDecimal,
  rounded,
} from './ChartFrame.tsx';
import { hiddenWord } from './ChartPerspectives.tsx';
import { apart, linearScale, type Scale, ticks } from './scale.ts';

/** One line: a value for every cycle, null where it is not published, undefined where nothing was asked. */
export type ChangeSeries = { label: string; values: readonly (number | null | undefined)[] };

/** How values changed over a few cycles, four series at most. */
export type ChartChangeProps = ChartWords & {
  min: number;
  max: number;
  /** The cycles in their order, in a word or two each. */
  cycles: readonly string[];
  series: readonly ChangeSeries[];
  format?: ((value: number) => string) | undefined;
};

const left = 24;
const right = 350;
const top = 16;
const bottom = 256;
const lineHeight = 24;
const dashes = [undefined, '8 6', '2 5', '12 4 2 4'];

/** The parts of a line between values that are not published. */
function runsOf(values: ChangeSeries['values']): { at: number; value: number }[][] {
  const runs: { at: number; value: number }[][] = [[]];
  for (const [at, value] of values.entries()) {
    if (typeof value === 'number') runs.at(-1)?.push({ at, value });
    else runs.push([]);
  }
  return runs.filter(({ length }) => length > 0);
}

function Series({
  values,
  shape,
  dash,
  x,
  y,
}: {
  values: ChangeSeries['values'];
  shape: MarkShape;
  dash: string | undefined;
  x: Scale;
  y: Scale;
}) {
  return (
    <>
      {runsOf(values).map((run) => (
        <>
          <path
            class="fc-chart__line"
            stroke-dasharray={dash}
            d={`M${run.map(({ at, value }) => `${rounded(x(at))} ${rounded(y(value))}`).join('L')}`}
          />
          {run.map(({ at, value }) => (
            <Mark x={x(at)} y={y(value)} shape={shape} />
          ))}
        </>
      ))}
    </>
  );
}

/** What stands to the right of the lines: each series with its shape and its latest value. */
function Names({
  series,
  y,
  format,
}: {
  series: readonly ChangeSeries[];
  y: Scale;
  format: (value: number) => string;
}) {
  const latest = series.map(({ values }) => values.findLast((value) => typeof value === 'number'));
  const places = apart(
    latest.map((value) => (typeof value === 'number' ? y(value) : bottom)),
    lineHeight,
    { from: top, to: bottom },
  );
  return (
    <>
      {series.map(({ label }, index) => {
        const value = latest[index];
        const place = places[index] ?? bottom;
        return (
          <>
            <Mark x={right + 28} y={place} shape={markShapes[index] ?? 'circle'} />
            <ChartText x={right + 44} y={place + 6}>
              {typeof value === 'number' ? format(value) : hiddenWord} {label}
            </ChartText>
          </>
        );
      })}
    </>
  );
}

/**
 * Lines over cycles; see {@link ChartChangeProps}. A value that is not published is a gap in its line and stands below the
 * axis as hidden, never as a point.
 */
export function ChartChange({
  min,
  max,
  cycles,
  series,
  format = oneDecimal,
  ...words
}: ChartChangeProps) {
  if (series.length > markShapes.length)
    throw new RangeError('A chart of change shows four series at most.');
  const x = linearScale(
    { min: 0, max: Math.max(1, cycles.length - 1) },
    { from: left + 40, to: right },
  );
  const y = linearScale({ min, max }, { from: bottom, to: top });
  const hidden = series.flatMap(({ label, values }, index) =>
    values.includes(null) ? [{ label, values, shape: markShapes[index] ?? 'circle' }] : [],
  );
  const below = bottom + 2 * lineHeight;
  return (
    <ChartFrame {...words} height={below + hidden.length * lineHeight}>
      {ticks({ min, max }).map((tick) => (
        <>
          <line
            class="fc-chart__grid"
            x1={left}
            x2={right + 12}
            y1={rounded(y(tick))}
            y2={rounded(y(tick))}
          />
          <ChartText x={left - 10} y={y(tick) + 6} anchor="end">
            {tick}
          </ChartText>
        </>
      ))}
      {cycles.map((cycle, at) => (
        <ChartText x={x(at)} y={bottom + lineHeight} anchor="middle">
          {cycle}
        </ChartText>
      ))}
      {series.map(({ values }, index) => (
        <Series
          values={values}
          shape={markShapes[index] ?? 'circle'}
          dash={dashes[index]}
          x={x}
          y={y}
        />
      ))}
      <Names series={series} y={y} format={format} />
      {hidden.map(({ label, values, shape }, row) => {
        const place = below + row * lineHeight;
        return (
          <>
            <Mark x={right + 28} y={place - 6} shape={shape} />
            <ChartText x={right + 44} y={place}>
              {label}
            </ChartText>
            {values.map(
              (value, at) =>
                value === null && (
                  <ChartText x={x(at)} y={place} anchor="middle" isHidden>
                    {hiddenWord}
                  </ChartText>
                ),
            )}
          </>
        );
      })}
    </ChartFrame>
  );
}
