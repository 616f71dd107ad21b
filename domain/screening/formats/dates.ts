import { type Guarded, matchesOf } from '../guarded.ts';
import type { Span } from '../kinds.ts';

/** A day and a month as written, with a year where there is one. */
export interface WrittenDate extends Span {
  /** Two digits stand for the latest year that is not to come. */
  year: number | null;
  /** The year had all its digits or words, so that it can be no score: not `10/10/10`. */
  isFullYear: boolean;
  /** Figures with mere spaces between them, or a year that may count something: only a cue makes it a date of birth. */
  isLoose: boolean;
}

const months =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const ordinals =
  'first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|(?:twenty|thirty)[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)';
const monthByNumber = `(?:[01]?[0-9](?:st|nd|rd|th)|${ordinals})`;
const units = 'one|two|three|four|five|six|seven|eight|nine';
const speltYear = `(?:nineteen|twenty)[ -](?:hundred[ -](?:and[ -])?)?(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:${units}))?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|oh[ -](?:${units})|${units})|two thousand(?:[ -](?:and[ -])?(?:${units}|ten|eleven|twelve))?`;
/** `seventy nine`: may be anything unless a birth is spoken of. */
const shortYear = `(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:${units}))?`;
const day = `(?:(?:the )?(?:[0-3]?[0-9](?:st|nd|rd|th)?|${ordinals}))`;
const year = `(?:(?:19|20)[0-9]{2}|'?[0-9]{2}|${speltYear}|${shortYear})`;
const sep = '[\\s.,/_-]{1,3}';

/** The first two figures of a date in figures have a sign or a space between them, or eight stand together. */
const twoFigures = /[0-9](?:\s?[./\\_-]\s?|\s{1,2}|[0-9]{6})[0-9]/;
const inFigures = [
  // 12/03/1984, 12-3-84, 12.03.1984 and the American order
  /(?<![0-9])(?<![0-9][./-])(?<d>[0-3]?[0-9])\s?(?<s>[./\\_-])\s?(?<m>[0-3]?[0-9])\s?\k<s>\s?(?<y>(?:19|20)[0-9]{2}|'?[0-9]{2})(?![0-9]|[./-][0-9])/g,
  // 1984-03-12
  /(?<![0-9])(?<y>(?:19|20)[0-9]{2})(?<s>[./\\_-])(?<m>[01]?[0-9])\k<s>(?<d>[0-3]?[0-9])(?![0-9]|[./-][0-9])/g,
  // 12 03 1984, and 12031984 after a cue
  /(?<![0-9])(?<!\+\d{1,3} )(?<d>[0-3]?[0-9])(?<loose>\s{1,2})(?<m>[01]?[0-9])\s{1,2}(?<y>(?:19|20)[0-9]{2})(?![0-9])/g,
  /(?<![0-9])(?<d>[0-3][0-9])(?<loose>)(?<m>[01][0-9])(?<y>(?:19|20)[0-9]{2})(?![0-9])/g,
];
/** A month's name is the end of a date or has a separator behind it. */
const monthName = new RegExp(`(?:${months})(?![a-z0-9])`);
const withMonthName = [
  // 3rd of March 1984, third of march nineteen eighty four, March 3 1984
  new RegExp(
    `(?<![a-z0-9])${day}(?:\\s?${sep}?(?:of\\s)?)\\s?(?:${months})(?:${sep}(?:in\\s)?(?<y>${year}))?(?![a-z0-9])`,
    'g',
  ),
  new RegExp(
    `(?<![a-z0-9])(?:${months})\\s{1,2}(?:the\\s)?(?:${day})(?:${sep}(?<y>(?:19|20)[0-9]{2}|${speltYear}))?(?![a-z0-9])`,
    'g',
  ),
];
/** 3rd of the 4th 1984, the third of the fourth nineteen eighty four */
const withMonthByNumber = new RegExp(
  `(?<![a-z0-9])${day}\\s(?:of\\s)?the\\s${monthByNumber}${sep}(?:in\\s)?(?<y>(?:19|20)[0-9]{2}|${speltYear})(?![a-z0-9])`,
  'g',
);

export const datePatterns: readonly Guarded[] = [
  { needs: twoFigures, patterns: inFigures },
  { needs: monthName, patterns: withMonthName },
  { needs: new RegExp(`\\sthe\\s${monthByNumber}`), patterns: [withMonthByNumber] },
];

const hasShortYear = new RegExp(`^(?:'?[0-9]{2}|${shortYear})$`);

export function findDates(text: string, thisYear: number): WrittenDate[] {
  const found: WrittenDate[] = [];
  for (const guarded of datePatterns)
    for (const { 0: whole, index, groups = {} } of matchesOf(guarded, text)) {
      const { d, m, y, loose } = groups;
      if (d !== undefined && m !== undefined && !isDayAndMonth(Number(d), Number(m))) continue;
      const end = index + whole.length;
      // "3 May 45 people came": a count, not a year.
      const isCount =
        m === undefined && /^[0-9]{2}$/.test(y ?? '') && /^\s[a-z]/.test(text.slice(end, end + 2));
      found.push({
        start: index,
        end,
        year: y === undefined ? null : yearOf(y, thisYear),
        isFullYear: y !== undefined && !hasShortYear.test(y),
        isLoose: loose !== undefined || isCount,
      });
    }
  return found;
}

function isDayAndMonth(one: number, other: number): boolean {
  const [month, day] = one <= other ? [one, other] : [other, one];
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

function yearOf(written: string, thisYear: number): number {
  const figures = /[0-9]+$/.exec(written)?.[0];
  // Spelt out: whether it can be a year of birth is all that matters, and a short one only can near a cue.
  if (figures === undefined) return written.startsWith('nineteen') ? 1900 : thisYear;
  if (figures.length === 4) return Number(figures);
  const century = thisYear - (thisYear % 100);
  const value = century + Number(figures);
  return value > thisYear ? value - 100 : value;
}
