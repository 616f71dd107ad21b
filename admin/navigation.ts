import type { StaffRole } from '../domain/staff-role.ts';

export interface NavigationItem {
  href: string;
  text: string;
  /** Who sees it; everybody where it is empty. */
  roles: readonly StaffRole[];
  /** What is done there, for the first page. */
  meaning: string;
}

/** The parts of the console, in the order of the loop. */
export const navigation: readonly NavigationItem[] = [
  {
    href: '/console/cycles',
    text: 'Cycles',
    roles: ['administrator', 'publisher', 'moderator', 'auditor'],
    meaning: 'Set up an evaluation, see who takes part, close it and release what was found',
  },
  {
    href: '/console/standards',
    text: 'Standards',
    roles: ['administrator', 'publisher', 'moderator', 'auditor'],
    meaning: 'What good looks like, written together',
  },
  {
    href: '/console/moderation',
    text: 'Moderation',
    roles: ['moderator'],
    meaning: 'Read what people wrote, and make sure that nothing published says who they are',
  },
  {
    href: '/console/themes',
    text: 'Themes',
    roles: ['moderator'],
    meaning: 'Group what many people said, in plain words',
  },
  {
    href: '/console/priorities',
    text: 'Priorities',
    roles: ['moderator'],
    meaning: 'Write down what people with lived experience want done first',
  },
  {
    href: '/console/loop-records',
    text: 'You said, we did',
    roles: ['publisher'],
    meaning: 'Answer what people said, keep promises by their date, and tell what changed',
  },
  {
    href: '/console/results',
    text: 'Results',
    roles: ['administrator', 'publisher', 'moderator', 'auditor'],
    meaning: 'What each group said about each standard, side by side',
  },
  {
    href: '/console/api-clients',
    text: 'Systems',
    roles: ['administrator'],
    meaning: 'Register the systems that send feedback, and see when each was last used',
  },
  {
    href: '/console/people',
    text: 'People',
    roles: ['administrator'],
    meaning: 'Say who may do what here',
  },
  {
    href: '/console/audit',
    text: 'Audit trail',
    roles: ['auditor'],
    meaning: 'Read what was done, by whom and when, and check that nothing is missing',
  },
];

/** What somebody with these roles sees. */
export function navigationFor(roles: ReadonlySet<StaffRole>): readonly NavigationItem[] {
  return navigation.filter((item) => item.roles.some((role) => roles.has(role)));
}
