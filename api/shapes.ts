import * as z from 'zod';
import * as vocabulary from '../domain/vocabulary.ts';

/** Shapes that several resources share. Those with an id become components of the OpenAPI documents. */

/** Text from outside: PostgreSQL cannot hold NUL, and a lone surrogate would not survive UTF-8. */
const isStorable = (text: string) => !text.includes('\u0000') && text.isWellFormed();

/** Counts characters as a person and JSON Schema do (code points), not UTF-16 units. */
const isAtMost = (text: string, maxCharacters: number) =>
  text.length <= maxCharacters || [...text].length <= maxCharacters;

/** What is wrong with a text, or null. */
function faultOfText(text: string, maxCharacters: number): string | null {
  if (!isStorable(text)) return 'Has a character that cannot be stored.';
  if (text.trim() === '') return 'Must not be blank.';
  return isAtMost(text, maxCharacters) ? null : `Must be at most ${maxCharacters} characters.`;
}

/** A text of at least one character that shows, and at most `maxCharacters`. Kept exactly as it was sent. */
export function Text(maxCharacters: number) {
  return z
    .string()
    .check(({ value, issues }) => {
      const message = faultOfText(value, maxCharacters);
      if (message !== null) issues.push({ code: 'custom', input: value, message });
    })
    .meta({ minLength: 1, maxLength: maxCharacters });
}

/**
 * What a change may say: any of some members, each replacing the stored one, and at least one of them. One that names none
 * would make a version that says nothing new.
 */
export function ChangeOf<Members extends z.ZodRawShape>(members: Members) {
  return z
    .strictObject(members)
    .partial()
    .check(({ value, issues }) => {
      // A member that is not known is told by itself.
      if (Object.keys(value).length > 0 || issues.length > 0) return;
      issues.push({ code: 'custom', input: value, message: 'Name at least one member to change.' });
    })
    .meta({ minProperties: 1 });
}

/** ODS codes are trimmed and upper-cased before anything looks at them. */
export const OdsCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9]{3,8}$/, 'Must be an ODS code: 3 to 8 letters and digits.')
  .meta({ description: 'ODS code of an organisation.', examples: ['RHA'] });

/** A code that a person can read, as standards, questions and services have. */
export const Code = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Must be lower-case words joined by hyphens.')
  .meta({ examples: ['what-good'] });

/** For lists in which nothing may come twice. */
export const isUnique = (keys: readonly string[]) => new Set(keys).size === keys.length;

/** Where somebody in distress gets help at once. */
export const UrgentHelp = z.array(z.object({ name: z.string(), contact: z.string() })).meta({
  id: 'UrgentHelp',
  description: 'Where to get help at once: show it before any text box.',
});

/** Where something is found that is not ours. */
export const HttpsUrl = z
  .url({ protocol: /^https$/, error: 'Must be an https URL.' })
  .refine(isStorable, { error: 'Has a character that cannot be stored.' })
  .refine((url) => url.length <= 2000, { error: 'Must be at most 2000 characters.' })
  .meta({ maxLength: 2000, examples: ['https://www.example.nhs.uk/quiet-room'] });

export const Id = z
  .uuid({ error: 'Must be a UUID.' })
  .toLowerCase()
  .meta({ examples: ['6f1f3c5e-0b8a-4c57-9a55-1d1c2a5f7e10'] });

/** PostgreSQL has no year 0, and nothing here is about the years before 1900. */
const isInRange = (date: string) => date >= '1900';

export const IsoDate = z.iso
  .date({ error: 'Must be a date such as 2026-11-22.' })
  .refine(isInRange, { error: 'Must be in 1900 or later.' })
  .meta({ examples: ['2026-11-22'] });

/** Kept to the second, as it is shown: a fraction of one, which many clients write, is dropped. */
export const DateTime = z.iso
  .datetime({ error: 'Must be a UTC date-time such as 2026-11-22T09:30:00Z.' })
  .overwrite((text) => text.replace(/\.\d+Z$/, 'Z'))
  .refine(isInRange, { error: 'Must be in 1900 or later.' })
  .meta({ examples: ['2026-11-22T09:30:00Z'] });

export const Perspective = z
  .enum(vocabulary.perspectives)
  .meta({ id: 'Perspective', description: 'The role from which someone speaks.' });

export const Scope = z
  .enum(vocabulary.scopes)
  .meta({ id: 'Scope', description: 'What an API client may do.' });

export const Phase = z.enum(vocabulary.phases).meta({
  id: 'Phase',
  description: 'Follows from the timestamps of a cycle and the clock.',
});

export const Strength = z
  .enum(vocabulary.strengths)
  .meta({ id: 'Strength', description: 'How many people said it: a band, never a count.' });

/** Where the next page of a list begins; null on the last page. */
export const Next = z
  .string()
  .nullable()
  .meta({ description: 'Send it as `cursor` for the next page; null on the last.' });

declare module 'zod' {
  interface GlobalMeta {
    /** The JSON Schema to publish, where a parameter is text to the parser and something else to its reader. */
    published?: Record<string, unknown>;
  }
}

/** A whole number in a path or query, where everything is text. */
export function WholeNumber(min: number, max: number) {
  const error = `Must be a whole number from ${min} to ${max}.`;
  return z
    .string()
    .regex(/^(0|[1-9]\d{0,8})$/, error)
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error })
    .meta({ published: { type: 'integer', minimum: min, maximum: max } });
}

/** Query parameters of every list. */
export const pageQuery = {
  limit: WholeNumber(1, 100)
    .optional()
    .meta({ description: 'At most so many items; 50 if left out.', examples: [50] }),
  cursor: z.string().max(200).optional().meta({ description: '`next` of the page before.' }),
};

/** Query parameter of what can be had as JSON or as a table; see `wantsCsv`. */
export const TableFormat = z
  .enum(['json', 'csv'])
  .optional()
  .meta({
    description: 'For links and tools that send no Accept header; it wins over the header.',
    examples: ['csv'],
  });

/** A moment as the API writes it: UTC, to the second. */
export function isoTime(moment: Date): string {
  return moment.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** The day of a moment (UTC), `YYYY-MM-DD`. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

export function isoTimeOrNull(moment: Date | null): string | null {
  return moment === null ? null : isoTime(moment);
}
