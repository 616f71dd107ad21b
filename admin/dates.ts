import type { Fields } from './fields.ts';

/** Days and times as people of a trust mean them: in London. The API has moments in UTC. */

const wallClock = new Intl.DateTimeFormat('en-GB', {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: 'Europe/London',
});

/** The day (`YYYY-MM-DD`) and the time (`HH:MM`) of a moment in London. */
export function londonOf(moment: string | Date): { day: string; time: string } {
  const parts = Object.fromEntries(
    wallClock.formatToParts(new Date(moment)).map(({ type, value }) => [type, value]),
  );
  return {
    day: `${parts.year}-${parts.month}-${parts.day}`,
    time: `${parts.hour}:${parts.minute}`,
  };
}

/**
 * The moment of a time in London, as the API takes it. Of a time that comes twice when the clocks go back, the first; a time
 * that is left out when they go forward is one hour later.
 *
 * @param day `YYYY-MM-DD`
 * @param time `HH:MM`
 */
export function momentInLondon(day: string, time: string): string {
  const asUtc = new Date(`${day}T${time}:00Z`);
  const inSummer = new Date(asUtc.getTime() - 3_600_000);
  const shown = londonOf(inSummer);
  const moment = shown.day === day && shown.time === time ? inSummer : asUtc;
  return moment.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** So many days after a day. @param day `YYYY-MM-DD` */
export function daysAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** What a DateInput with this name is shown with. @param day `YYYY-MM-DD`; null for none */
export function dayFields(name: string, day: string | null): Record<string, string> {
  const [year = '', month = '', date = ''] = day?.split('-') ?? [];
  return {
    [`${name}-day`]: date.replace(/^0/, ''),
    [`${name}-month`]: month.replace(/^0/, ''),
    [`${name}-year`]: year,
  };
}

/** What was typed into a DateInput, to be shown again. */
export function dayValues(fields: Fields, name: string) {
  return {
    day: fields.raw(`${name}-day`),
    month: fields.raw(`${name}-month`),
    year: fields.raw(`${name}-year`),
  };
}

/** The day in a DateInput as `YYYY-MM-DD`: null where all of it was left empty, `wrong` where it is no date. */
export function readDay(fields: Fields, name: string): string | null | 'wrong' {
  const texts = ['year', 'month', 'day'].map((part) => fields.text(`${name}-${part}`));
  if (texts.every((text) => text === '')) return null;
  const [year = '', month = '', day = ''] = texts;
  if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day)) return 'wrong';
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${written}T00:00:00Z`);
  // 30 February is no date, though Date takes it for one.
  const isDate = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written);
  return isDate ? written : 'wrong';
}

/** A time as people write it, `9am`, `9.30 pm` or `21:30`, as `HH:MM`; null where it is none. */
export function readTime(text: string): string | null {
  const match = /^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$/i.exec(text.trim());
  if (!match) return null;
  const [, hour = '', minute, half] = match;
  // A number alone could be either half of the day.
  if (minute === undefined && half === undefined) return null;
  const hours = Number(hour);
  const minutes = Number(minute ?? '0');
  if (minutes > 59 || hours > 23 || (half !== undefined && (hours < 1 || hours > 12))) return null;
  const offset = half === undefined ? hours : (hours % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  return `${String(offset).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
