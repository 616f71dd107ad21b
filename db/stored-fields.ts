import type { FieldStatement } from '../domain/anonymity-statement.ts';
import type { inbox } from './schema/index.ts';

/** Every column of the inbox in plain words. A column that is added without a line here does not compile. */
export const inboxFields: Readonly<Record<keyof typeof inbox.$inferSelect, FieldStatement>> = {
  id: { meaning: 'A random number that tells rows apart', precision: 'random, says nothing' },
  cycleId: { meaning: 'The evaluation that this answers', precision: 'exact' },
  organisation: { meaning: 'The organisation that this is about', precision: 'exact' },
  service: { meaning: 'The service that this is about, if you said so', precision: 'exact' },
  perspective: { meaning: 'The role from which you speak', precision: 'one of seven' },
  asIs: { meaning: 'How you rate each standard as things are', precision: 'the scale of the set' },
  toBe: { meaning: 'How you wish each standard to be', precision: 'the scale of the set' },
  answers: { meaning: 'What you wrote', precision: 'as you wrote it' },
  ethnicity: {
    meaning: 'Your ethnic group, if you said so',
    precision: 'one of the NHS categories',
  },
};
