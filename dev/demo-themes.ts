import type { ParticipantBand, Perspective, Strength } from '../domain/vocabulary.ts';
import { latePapersThemeId, workingTogetherCycleId } from './demo.ts';

/*
 * What a fresh local database shows of the thread from what people said to what was done: two published themes of one
 * organisation, and which of them came first for a group. All content is invented. The members are those of the API's own JSON.
 */

export interface DemoTheme {
  id: string;
  version: number;
  /** ODS code. */
  organisation: string;
  cycle: string;
  title: string;
  description: string | null;
  enquiryCategory: string;
  vocabularyVersion: number;
  standards: string[];
  strength: Strength;
  /** Days before the first start. */
  publishedDaysAgo: number;
}

export interface DemoPriority {
  id: string;
  version: number;
  organisation: string;
  cycle: string;
  ranking: { theme: string; rationale: string | null }[];
  decidedBy: { perspective: Perspective; people: ParticipantBand }[];
  rationale: string;
  dissent: string[];
  decidedDaysAgo: number;
}

/** Not answered yet. */
const eveningMeetingsThemeId = '2a6b0c9d-7e41-4f7e-8a3b-0d9c5e8f1b42';

const place = {
  version: 1,
  organisation: 'RV3',
  cycle: workingTogetherCycleId,
  vocabularyVersion: 1,
};

export const demoThemes: readonly DemoTheme[] = [
  {
    ...place,
    id: latePapersThemeId,
    title: 'Papers come too late to have your say',
    description: 'People get papers the night before a meeting, and they are long.',
    enquiryCategory: 'involvement-in-care',
    standards: ['structure-and-values', 'full-potential'],
    strength: 'some',
    publishedDaysAgo: 45,
  },
  {
    ...place,
    id: eveningMeetingsThemeId,
    title: 'Meetings are at times when carers cannot come',
    description: null,
    enquiryCategory: 'involvement-in-care',
    standards: ['right-people'],
    strength: 'a_few',
    publishedDaysAgo: 45,
  },
];

export const demoPriority: DemoPriority = {
  ...place,
  id: '6c0f7a1e-93d2-4b7c-a5e8-1f2d3c4b5a69',
  ranking: [
    { theme: latePapersThemeId, rationale: 'It can be mended soon, and helps everybody.' },
    { theme: eveningMeetingsThemeId, rationale: null },
  ],
  decidedBy: [
    { perspective: 'service_user', people: 'five_to_nine' },
    { perspective: 'carer', people: 'one_to_four' },
  ],
  rationale: 'We met twice, talked each theme through, and each of us had three votes.',
  dissent: ['Two of us would have put the times of meetings first.'],
  decidedDaysAgo: 42,
};
