import { type DigitRun, digitRuns } from '../digits.ts';
import type { Span } from '../kinds.ts';
import { type Shadow, WALL } from '../shadow.ts';
import { findDates } from './dates.ts';

/** No cue reaches across a placeholder: it belongs to the number that stood there. */
const cueWords = '\\bborn\\b|\\bd[.\\s/]?o[.\\s/]?b\\b|birth|\\bbday\\b|\\bb-day\\b';
const anyCue = new RegExp(cueWords);
const cueBefore = new RegExp(`(?:${cueWords})[^\\n${WALL}]{0,40}$`);
const cueAfter = new RegExp(`^[^\\n.${WALL}]{0,20}(?:${cueWords})`);
/** Bare figures need the cue right before them: "dob 050579", "born oh five oh five seventy nine". */
const cueJustBefore = new RegExp(`(?:${cueWords})[^0-9\\n${WALL}]{0,15}$`);

/** Day, month and year in figures, one after the other. */
const inFigures = /^(?:0?[1-9]|[12][0-9]|3[01])(?:0?[1-9]|1[0-2])(?<year>(?:19|20)?[0-9]{2})$/;
const MOST_GROUPS = 8;

/** A date this long ago is nobody's last appointment. Children born later are found by a cue. */
const YEARS_AGO = 10;

/**
 * Full dates of birth: any date with a year near "born", "dob" or "birthday"; without such a word a date whose year is
 * long past. An appointment's date, or a day without its year, stays (a moderator sees it highlighted).
 */
export function findDatesOfBirth(shadow: Shadow, thisYear: number): Span[] {
  const { text } = shadow;
  const dates = findDates(text, thisYear);
  const runs = digitRuns(shadow);
  if (dates.length === 0 && runs.length === 0) return [];
  const isCued = anyCue.test(text);
  const found: Span[] = dates.filter(({ start, end, year, isFullYear, isLoose }) => {
    if (year === null || year < 1900 || year > thisYear) return false;
    if (isCued && cueBefore.test(text.slice(Math.max(0, start - 55), start))) return true;
    if (isCued && cueAfter.test(text.slice(end, end + 35))) return true;
    if (isLoose) return false;
    return isFullYear ? year <= thisYear - YEARS_AGO : year < thisYear - (thisYear % 100);
  });
  if (isCued)
    for (const run of runs) {
      const start = run[0]?.start ?? 0;
      if (!cueJustBefore.test(text.slice(Math.max(0, start - 35), start))) continue;
      const end = endOfBirthDate(run, thisYear);
      if (end !== null) found.push({ start, end });
    }
  return found;
}

/** Where a date of birth ends that the run begins with: the longest that can be read as one. */
function endOfBirthDate(run: DigitRun, thisYear: number): number | null {
  let digits = '';
  let end: number | null = null;
  for (const [index, group] of run.slice(0, MOST_GROUPS).entries()) {
    digits += group.digits;
    const year = inFigures.exec(digits)?.groups?.year;
    // Four or five figures say nothing unless they were written in parts.
    if (year === undefined || (digits.length < 6 && index < 2)) continue;
    if (year.length === 2 || Number(year) <= thisYear) end = group.end;
  }
  return end;
}
