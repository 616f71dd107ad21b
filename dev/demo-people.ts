import type { StaffRole } from '../domain/vocabulary.ts';

/** Somebody whom the demo sign-in knows. All are invented. */
export type DemoPerson = {
  /** The subject of ID tokens. */
  readonly id: string;
  readonly name: string;
  /** What the person is for, as the sign-in page tells it. */
  readonly title: string;
  /** As the claim has them. */
  readonly roles: readonly `${string}:${StaffRole}`[];
};

/** One for each role, and those without whom something could not be tried out. */
export const demoPeople: readonly DemoPerson[] = [
  {
    id: 'amina',
    name: 'Amina Demo',
    title: 'administrator of RHA',
    roles: ['RHA:administrator'],
  },
  { id: 'moses', name: 'Moses Demo', title: 'moderator of RHA', roles: ['RHA:moderator'] },
  { id: 'priya', name: 'Priya Demo', title: 'publisher of RHA', roles: ['RHA:publisher'] },
  {
    id: 'peter',
    name: 'Peter Demo',
    title: 'second publisher of RHA, who confirms what Priya publishes',
    roles: ['RHA:publisher'],
  },
  { id: 'aude', name: 'Aude Demo', title: 'auditor of RHA', roles: ['RHA:auditor'] },
  {
    id: 'alex',
    name: 'Alex Demo',
    title: 'every role of RHA',
    roles: ['RHA:administrator', 'RHA:moderator', 'RHA:publisher', 'RHA:auditor'],
  },
  {
    id: 'morgan',
    name: 'Morgan Demo',
    title: 'moderator of RV3, another trust',
    roles: ['RV3:moderator'],
  },
  { id: 'nia', name: 'Nia Demo', title: 'no role yet', roles: [] },
];
