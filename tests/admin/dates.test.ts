import { describe, expect, it } from 'vitest';
import {
  dayFields,
  daysAfter,
  londonOf,
  momentInLondon,
  readDay,
  readTime,
} from '../../admin/dates.ts';
import { Fields } from '../../admin/fields.ts';

describe('a time in London', () => {
  it.each([
    ['2026-12-01', '09:00', '2026-12-01T09:00:00Z'],
    ['2026-07-01', '09:00', '2026-07-01T08:00:00Z'],
    ['2026-07-01', '00:30', '2026-06-30T23:30:00Z'],
    ['2026-03-29', '00:59', '2026-03-29T00:59:00Z'],
    ['2026-03-29', '02:00', '2026-03-29T01:00:00Z'],
    ['2026-10-25', '02:00', '2026-10-25T02:00:00Z'],
  ])('%s %s is %s, and back', (day, time, moment) => {
    expect(momentInLondon(day, time)).toBe(moment);
    expect(londonOf(moment)).toEqual({ day, time });
  });

  it('that comes twice is the first, and one that never comes is an hour later', () => {
    expect(momentInLondon('2026-10-25', '01:30')).toBe('2026-10-25T00:30:00Z');
    expect(londonOf(momentInLondon('2026-03-29', '01:30')).time).toBe('02:30');
  });
});

describe('a day that is typed', () => {
  const read = (day: string, month: string, year: string) =>
    readDay(Fields.of({ 'on-day': day, 'on-month': month, 'on-year': year }), 'on');
  it('is read as it is meant', () => {
    expect(read('6', '8', '2026')).toBe('2026-08-06');
    expect(read('29', '02', '2028')).toBe('2028-02-29');
    expect(read('', '', '')).toBeNull();
  });
  it.each([
    ['30', '2', '2026'],
    ['29', '2', '2026'],
    ['6', '13', '2026'],
    ['6', '', '2026'],
    ['6', '8', '26'],
    ['six', '8', '2026'],
    ['0', '8', '2026'],
  ])('%s/%s/%s is no date', (...typed) => {
    expect(read(...typed)).toBe('wrong');
  });
  it('is shown as it was stored', () => {
    expect(readDay(Fields.of(dayFields('on', '2026-08-06')), 'on')).toBe('2026-08-06');
    expect(daysAfter('2026-12-31', 60)).toBe('2027-03-01');
  });
});

describe('a time that is typed', () => {
  it.each([
    ['9am', '09:00'],
    ['9:30am', '09:30'],
    ['9.30 PM', '21:30'],
    ['12am', '00:00'],
    ['12pm', '12:00'],
    ['17:00', '17:00'],
    ['0:05', '00:05'],
    ['9', null],
    ['25:00', null],
    ['13pm', null],
    ['10:75', null],
    ['noon', null],
    ['', null],
  ])('%s is %s', (typed, time) => {
    expect(readTime(typed)).toBe(time);
  });
});
