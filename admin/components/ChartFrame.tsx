import { type Content, joined } from './parts.ts';

/** The width of every chart in its own units, which are pixels where the page is wide enough. */
export const chartWidth = 640;

/** The words a chart is read by: what it shows, and what is to be seen in it. */
export type ChartWords = {
  /** Of the chart in the page; begins the ids of its parts. */
  id: string;
  title: string;
  /** What somebody who does not see it should know; the table has every number. */
  description: string;
};

/** A picture with its words. The numbers stand in a table of the page as well. */
export function ChartFrame({
  id,
  title,
  description,
  height,
  children,
}: ChartWords & { height: number; children: Content }) {
  return (
    // A tab stop, since on a narrow screen keys must be able to scroll it.
    // biome-ignore lint/a11y/useSemanticElements: no fields, so no fieldset
    <div class="fc-scroll" role="group" aria-labelledby={`${id}-title`} tabindex={0}>
      <svg
        class="fc-chart"
        xmlns="http://www.w3.org/2000/svg"
        viewBox={`0 0 ${chartWidth} ${height}`}
        width={chartWidth}
        height={height}
        role="img"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-description`}
      >
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-description`}>{description}</desc>
        {children}
      </svg>
    </div>
  );
}

/** Words in a chart, set on their base line. */
export function ChartText({
  x,
  y,
  children,
  anchor,
  isLabel,
  isHidden,
}: {
  x: number;
  y: number;
  children: Content;
  anchor?: 'middle' | 'end' | undefined;
  isLabel?: boolean | undefined;
  isHidden?: boolean | undefined;
}) {
  return (
    <text
      class={joined(isLabel && 'fc-chart__label', isHidden && 'fc-chart__hidden')}
      x={rounded(x)}
      y={rounded(y)}
      text-anchor={anchor}
    >
      {children}
    </text>
  );
}

/** The shapes that tell series apart without colour. */
export type MarkShape = 'circle' | 'diamond' | 'square' | 'triangle';

/** The shapes in the order in which series get them. */
export const markShapes: readonly MarkShape[] = ['circle', 'diamond', 'square', 'triangle'];

/** A value in a chart. */
export function Mark({ x, y, shape }: { x: number; y: number; shape: MarkShape }) {
  const [cx, cy] = [rounded(x), rounded(y)];
  if (shape === 'circle') return <circle class="fc-chart__ink" cx={cx} cy={cy} r={7} />;
  if (shape === 'square')
    return <rect class="fc-chart__hollow" x={cx - 6} y={cy - 6} width={12} height={12} />;
  const path = shape === 'diamond' ? `M${cx} ${cy - 9}l9 9-9 9-9-9z` : `M${cx} ${cy - 8}l8 14h-16z`;
  return <path class={shape === 'diamond' ? 'fc-chart__hollow' : 'fc-chart__ink'} d={path} />;
}

/** A place to a tenth of a pixel. */
export function rounded(place: number): number {
  return Math.round(place * 10) / 10;
}

/** A mean as charts write it. */
export function oneDecimal(value: number): string {
  return value.toFixed(1);
}
