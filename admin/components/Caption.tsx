import { type Content, joined } from './parts.ts';

/** The smaller line above a heading, a label or a legend: which part of a task this is. */
export function Caption({
  children,
  size,
}: {
  children: Content;
  size?: 'm' | 'l' | 'xl' | 'xxl' | undefined;
}) {
  return <span class={joined(size ? `nhsuk-caption-${size}` : 'nhsuk-caption')}>{children}</span>;
}
