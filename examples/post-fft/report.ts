import type { Cycle } from './cycle.ts';

/** What a watcher is told on the way. */
export type Happening =
  | { kind: 'start'; cycle: Cycle; organisation: string; responses: number; earlier: number }
  | {
      kind: 'batch';
      number: number;
      accepted: number;
      rejected: number;
      done: number;
      responses: number;
      resumed: boolean;
    }
  | { kind: 'wait'; reason: string; milliseconds: number };

/** What became of every row. Row numbers are a spreadsheet's: the header is row 1. Holds no text. */
export interface Report {
  dryRun: boolean;
  /** Where progress is kept. */
  folder: string;
  cycle: Cycle;
  organisation: string;
  /** Responses that this run saw accepted. */
  acceptedNow: number;
  /** Responses of this file that earlier runs saw accepted; not sent again. */
  acceptedEarlier: number;
  /** Responses that were refused, here or by the service; each reason with the rows that it is about. */
  rejected: { rows: number[]; reasons: { rows: number[]; reason: string }[] }[];
  /** Rows of responses with neither a rating nor a text. */
  skipped: number[][];
  /** Services that the cycle does not have, with the number of responses sent without a service. */
  withoutService: { name: string; responses: number }[];
  /** Rows of responses that were posted and have changed in the file since. What was posted stands. */
  changed: number[][];
  /** Sizes of batches of earlier runs whose answer is not known and whose rows are not in this file. */
  unsettled: number[];
}

/** The exit code: 0 when nothing was rejected, otherwise 2. (A run that throws exits with 1.) */
export function exitCode(report: Report): 0 | 2 {
  return report.rejected.length === 0 ? 0 : 2;
}

/** The report in lines for a person. */
export function reportLines(report: Report): string[] {
  const lines: string[] = [];
  if (report.dryRun) lines.push('dry run: the service checked everything and stored nothing');
  const accepted = report.acceptedNow + report.acceptedEarlier;
  const split =
    report.acceptedEarlier === 0
      ? ''
      : ` (${report.acceptedNow} now, ${report.acceptedEarlier} by earlier runs)`;
  lines.push(`accepted ${accepted}${split}`);
  lines.push(`rejected ${report.rejected.length}`);
  for (const { reasons } of report.rejected)
    for (const { rows, reason } of reasons) lines.push(`  ${rowList(rows)}: ${reason}`);
  const skipped = report.skipped.length;
  lines.push(
    `skipped ${skipped}${skipped === 0 ? '' : ` (neither a rating nor a text: ${rowList(report.skipped.flat())})`}`,
  );
  const unserved = report.withoutService.reduce((sum, { responses }) => sum + responses, 0);
  if (unserved > 0) {
    lines.push(`sent without a service, since the cycle does not have it: ${unserved}`);
    for (const { name, responses } of report.withoutService) lines.push(`  ${responses} ${name}`);
  }
  if (report.changed.length > 0) {
    lines.push(
      `changed in the file after they were posted, and not posted again: ${report.changed.length} (${rowList(report.changed.flat())})`,
    );
  }
  if (report.unsettled.length > 0) {
    const responses = report.unsettled.reduce((sum, size) => sum + size, 0);
    lines.push(
      `an earlier run sent ${responses} responses of another file and never saw the answer: run it with that file again`,
    );
  }
  if (report.acceptedEarlier > 0) lines.push(`what earlier runs did is kept in ${report.folder}`);
  return lines;
}

/** `row 2`, `rows 2-3, 9`. */
export function rowList(rows: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const row of [...new Set(rows)].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && row === last[1] + 1) last[1] = row;
    else ranges.push([row, row]);
  }
  const list = ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
  return `${rows.length === 1 ? 'row' : 'rows'} ${list}`;
}

/**
 * Shows progress: on a terminal one line that is rewritten, elsewhere a line for each batch (a log keeps them).
 *
 * @returns what to tell happenings to, and how to end the line.
 */
export function progressOn(stream: { isTTY?: boolean; write(text: string): unknown }): {
  show(happening: Happening): void;
  end(): void;
} {
  let open = false;
  const end = () => {
    if (open) stream.write('\n');
    open = false;
  };
  const line = (text: string) => {
    end();
    stream.write(`${text}\n`);
  };
  return {
    end,
    show(happening) {
      if (happening.kind === 'start') {
        const { cycle, organisation, responses, earlier } = happening;
        line(
          `posting to "${cycle.title}" (${cycle.id}) for ${organisation}: ${responses} responses${earlier > 0 ? `, ${earlier} posted by earlier runs` : ''}`,
        );
      } else if (happening.kind === 'wait') {
        line(
          `${happening.reason}: trying again in ${(happening.milliseconds / 1000).toFixed(1)} s`,
        );
      } else {
        const { number, accepted, rejected, done, responses, resumed } = happening;
        const text = `batch ${number}${resumed ? ' (of an earlier run)' : ''}: ${accepted} accepted, ${rejected} rejected; ${done} of ${responses} responses done`;
        if (!stream.isTTY) return line(text);
        stream.write(`\r\u001b[K${text}`);
        open = true;
      }
    },
  };
}
