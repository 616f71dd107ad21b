import type { StaffRole } from '../domain/staff-role.ts';
import type {
  Channel,
  LoopStatus,
  ModerationDecision,
  Perspective,
  Phase,
  Polarity,
  QuestionPublication,
  Scope,
  Strength,
} from '../domain/vocabulary.ts';

/** What the fixed words of the product are called on pages. */

export const roleWords: Readonly<Record<StaffRole, string>> = {
  administrator: 'Administrator',
  moderator: 'Moderator',
  publisher: 'Publisher',
  auditor: 'Auditor',
};

export const roleMeanings: Readonly<Record<StaffRole, string>> = {
  administrator:
    'Sets up standards and evaluation cycles, registers systems, and says who may do what',
  moderator: 'Reads what people wrote, finds themes in it and writes down priorities',
  publisher: 'Publishes results and answers with "you said, we did" records',
  auditor: 'Reads and checks the trail of what was done',
};

export const perspectiveWords: Readonly<Record<Perspective | 'all' | 'not_said', string>> = {
  service_user: 'People who use services',
  carer: 'Carers',
  peer_worker: 'Peer workers',
  staff: 'Staff',
  manager: 'Managers',
  commissioner: 'Commissioners',
  community_partner: 'Community partners',
  all: 'Everybody together',
  not_said: 'Not said',
};

export const phaseWords: Readonly<Record<Phase, string>> = {
  draft: 'Draft',
  scheduled: 'Scheduled',
  open: 'Open',
  closed: 'Closed',
  released: 'Released',
};

export const channelWords: Readonly<Record<Channel, string>> = {
  trust: 'Through a trust’s own survey, kiosk or app',
  public: 'By anybody directly, without signing in',
};

export const polarityWords: Readonly<Record<Polarity, string>> = {
  what_good: 'What is good',
  could_improve: 'What could be better',
  nonspecific: 'Neither in particular',
};

export const publicationWords: Readonly<Record<QuestionPublication, string>> = {
  private: 'Never published',
  quotes: 'May be quoted',
  whole: 'Published whole',
};

export const loopStatusWords: Readonly<Record<LoopStatus, string>> = {
  considering: 'Being considered',
  planned: 'Planned',
  in_progress: 'In progress',
  done: 'Done',
  cannot_do: 'Cannot be done',
  no_longer_needed: 'No longer needed',
};

export const strengthWords: Readonly<Record<Strength, string>> = {
  a_few: 'A few people',
  some: 'Some people',
  many: 'Many people',
};

export const decisionWords: Readonly<Record<ModerationDecision, string>> = {
  publish: 'Publish',
  keep_private: 'Keep private',
  redact: 'Take words out, then publish',
  delete: 'Delete',
};

const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'Europe/London',
});
const clock = new Intl.DateTimeFormat('en-GB', {
  hour: 'numeric',
  minute: '2-digit',
  hour12: true,
  timeZone: 'Europe/London',
});

/** `6 August 2026`, as the NHS service manual writes dates. @param date `2026-08-06` or a date-time */
export function dayWords(date: string | Date): string {
  return day.format(new Date(date));
}

/** `9:30am`, in London. */
export function clockWords(moment: string | Date): string {
  return clock
    .format(new Date(moment))
    .replace(/[\s\u202f]/g, '')
    .replace(':00', '');
}

/** `6 August 2026 at 9:30am`, in London. */
export function timeWords(moment: string | Date): string {
  return `${dayWords(moment)} at ${clockWords(moment)}`;
}

/** `carers, peer workers and staff`. */
export function listWords(items: readonly string[]): string {
  const [last = '', ...before] = [...items].reverse();
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}

/** `1 text`, `2 texts`. */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}

/** What a system may do. */
export const scopeWords: Readonly<Record<Scope, string>> = {
  'submissions:write': 'Send feedback, one by one and in batches',
  'cycles:write': 'Set up and change evaluation cycles',
  'standards:write': 'Write and publish standards',
  'moderation:write': 'Read and decide on texts, make themes',
  'results:publish': 'Release results',
  'loop:write': 'Write and publish "you said, we did" records',
  'clients:write': 'Register and revoke systems',
  'staff:write': 'Say who may do what',
  'audit:read': 'Read the audit trail',
};
