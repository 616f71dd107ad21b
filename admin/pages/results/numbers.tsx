import { InsetText } from '../../components/InsetText.tsx';
import type { TableCell } from '../../components/Table.tsx';
import { perspectiveWords } from '../../words.ts';
import type { Released } from './released.ts';

/** A cell without a number: too small, protecting another, or nobody. All look the same. */
export const hiddenCell: TableCell = {
  content: '*',
  visuallyHiddenText: 'hidden',
  format: 'string',
};

/** A mean in a table, as charts write it too. */
export function meanCell(measure: { mean: number } | null | undefined): TableCell {
  return measure ? { content: measure.mean.toFixed(1) } : hiddenCell;
}

export function countCell(count: number | null | undefined): TableCell {
  return typeof count === 'number' ? { content: count.toLocaleString('en-GB') } : hiddenCell;
}

/** How many, and which share of all who answered. @param total of the rounded counts */
export function shareCell(count: number | undefined, total: number): TableCell {
  if (count === undefined) return hiddenCell;
  return { content: `${count.toLocaleString('en-GB')} (${percentOf(count, total)}%)` };
}

/** In whole percent. Where all counts are rounded to nothing, so are their shares. */
export function percentOf(count: number, total: number): number {
  return total === 0 ? 0 : Math.round((100 * count) / total);
}

/** `+1.1`, `−0.3`, `0.0`. */
export function signed(difference: number): string {
  const size = Math.abs(difference).toFixed(1);
  if (Number(size) === 0) return size;
  return `${difference > 0 ? '+' : '\u2212'}${size}`;
}

export function perspectiveName(perspective: string): string {
  return (perspectiveWords as Readonly<Record<string, string>>)[perspective] ?? perspective;
}

/** As it stands within a sentence. */
export function inSentence(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** `Staff rate it 1.1 higher than people who use services.` */
export function gapWords([one = '', other = '']: readonly string[], difference: number): string {
  const [first, second] = [perspectiveName(one), inSentence(perspectiveName(other))];
  if (difference === 0) return `${first} and ${second} rate it the same.`;
  const [higher, lower] = difference > 0 ? [one, other] : [other, one];
  const size = Math.abs(difference).toFixed(1);
  return `${perspectiveName(higher)} rate it ${size} higher than ${inSentence(perspectiveName(lower))}.`;
}

/** What the mark of a hidden number means, and how counts are rounded. */
export function HowToRead({ released }: { released: Released }) {
  const { results, shown } = released;
  const { threshold, roundTo } = results.disclosurePolicy;
  const hasRevised = results.results.some(
    (row) =>
      row.revised && row.organisation === shown.organisation && row.service === shown.service,
  );
  return (
    <InsetText>
      <p>
        <strong>*</strong> means that a number is hidden: fewer than {threshold} people or nobody
        answered, or it is hidden so that nobody can work out another hidden number. These all look
        the same, so that a hidden number says nothing about anybody.
      </p>
      {roundTo > 1 ? (
        <p>
          Numbers of people are rounded to the nearest {roundTo}, so they need not add up. Averages
          are made before rounding.
        </p>
      ) : (
        <p>Numbers of people are not rounded.</p>
      )}
      {hasRevised && (
        <p>
          Some numbers are newer than others: they were corrected in a later release. Numbers of
          different age need not add up.
        </p>
      )}
    </InsetText>
  );
}
