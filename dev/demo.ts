/**
 * What a fresh local database shows: two open cycles and two published loop records.
 *
 * Pure data, no I/O. Ids are constants, so that a second start finds what the first one wrote; dates are counted from
 * the moment of the first start, so that the cycles are open whenever that is. All content is invented.
 * The members are those of the API's own JSON for a cycle and a loop record.
 */

import type { Question, Service } from '../domain/cycle.ts';
import type {
  Channel,
  EnquiryCategory,
  LoopStatus,
  Perspective,
  Strength,
} from '../domain/vocabulary.ts';

export interface DemoCycle {
  id: string;
  title: string;
  /** ODS codes. */
  organisations: string[];
  standardSet: { id: string; version: number };
  perspectives: Perspective[];
  questions: Question[];
  services: Service[];
  channels: Channel[];
  aboutThisEvaluation: { id: string; version: number } | null;
  equalityTable: boolean;
  /** Date-time, UTC, whole seconds. */
  opensAt: string;
  /** Date-time, UTC, whole seconds. */
  closesAt: string;
  disclosurePolicy: { threshold: number; roundTo: number };
  /** Date. */
  lookAgainOn: string;
}

export interface DemoLoopRecord {
  id: string;
  version: number;
  /** ODS code. */
  organisation: string;
  cycle: string;
  title: string;
  youSaid: {
    text: string;
    theme: string;
    enquiryCategory: EnquiryCategory;
    /** Codes of standards of the cycle's set. */
    standards: string[];
    perspectives: Perspective[];
    /** A band, never a count. */
    strength: Strength;
    /** Ids of themes that it answers. */
    themes: string[];
  };
  /** `overdue` is missing on purpose: the API works it out from `dueOn` and today. */
  weDid: {
    status: LoopStatus;
    text: string;
    reason: string | null;
    /** A role, never a name. */
    owner: string;
    /** Date. */
    dueOn: string | null;
    /** Date. */
    completedOn: string | null;
    milestones: { on: string; text: string }[];
    evidence: { title: string; href: string }[];
  };
  difference: string | null;
  /** Date. */
  lookAgainOn: string | null;
  /** Date-time, UTC, whole seconds. */
  publishedAt: string;
  /** Date-time, UTC, whole seconds. */
  updatedAt: string;
}

/** The open cycle on the Friends and Family Test, of RHA. */
export const experienceCycleId = '1fc16f7a-fc28-46a0-bbf5-92f702fbacf1';
/** The open cycle on ImROC's ten tips, of RV3 and RHA. */
export const workingTogetherCycleId = '3d3391c3-2b4b-44a0-ad2e-f69dbde211c2';
/** The promise that is not kept yet: somewhere quiet to sit. */
export const quietPlaceLoopRecordId = 'b2d5c8f7-899e-41c1-8fc9-94c21b859cc0';
/** The theme that the kept promise answers (dev/demo-themes.ts). */
export const latePapersThemeId = '8f3f3f0e-5a0c-4f2b-9d55-6f5d9a1c7e21';
/** The promise that was kept: papers that people can use. */
export const meetingPapersLoopRecordId = 'c798df57-fe8b-487f-ab02-563d721a9372';

const millisecondsPerDay = 86_400_000;

/** The UTC date so many days from now. */
function dateIn(now: Date, days: number): string {
  return new Date(now.getTime() + days * millisecondsPerDay).toISOString().slice(0, 10);
}

/** The given UTC hour of the date so many days from now, in whole seconds as the API writes it. */
function dateTimeIn(now: Date, days: number, hour = 0): string {
  return `${dateIn(now, days)}T${String(hour).padStart(2, '0')}:00:00Z`;
}

/**
 * The services that a Friends and Family Test file of RHA names in its column "Service type 2", as the cycle offers them.
 *
 * A code is the file's value in lower case, with apostrophes left out and every other run of signs as one hyphen, so
 * that a poster finds the service by the same rule; a name is plainer than the file's where that is short of words.
 * Values that name no service (empty, "Unknown" and a stray "5") are not here: such a response goes to the organisation
 * as a whole, with `service` left out, since a service called "Unknown" would be offered to people and published.
 */
const experienceServices: Service[] = [
  { odsCode: 'RHA', code: 'adult-mental-health', name: 'Adult mental health' },
  { odsCode: 'RHA', code: 'arnold-lodge', name: 'Arnold Lodge' },
  { odsCode: 'RHA', code: 'bassetlaw', name: 'Bassetlaw' },
  { odsCode: 'RHA', code: 'camhs', name: 'Child and adolescent mental health (CAMHS)' },
  { odsCode: 'RHA', code: 'children-and-young-people', name: 'Children and young people' },
  { odsCode: 'RHA', code: 'high-secure-ld', name: 'High secure learning disability' },
  { odsCode: 'RHA', code: 'high-secure-mh', name: 'High secure mental health' },
  { odsCode: 'RHA', code: 'high-secure-pd-pathway', name: 'High secure personality disorder' },
  { odsCode: 'RHA', code: 'high-secure-womens-service', name: "High secure women's service" },
  { odsCode: 'RHA', code: 'iapt', name: 'Talking therapies (IAPT)' },
  {
    odsCode: 'RHA',
    code: 'intellectual-and-developmental-disability',
    name: 'Intellectual and developmental disability',
  },
  { odsCode: 'RHA', code: 'learning-disability', name: 'Learning disability' },
  { odsCode: 'RHA', code: 'low-secure-and-cfs', name: 'Low secure and community forensic' },
  { odsCode: 'RHA', code: 'mansfield-and-ashfield', name: 'Mansfield and Ashfield' },
  {
    odsCode: 'RHA',
    code: 'mental-health-services-for-older-people',
    name: 'Mental health services for older people',
  },
  { odsCode: 'RHA', code: 'north-notts', name: 'North Nottinghamshire' },
  { odsCode: 'RHA', code: 'nottingham-north-and-east', name: 'Nottingham North and East' },
  { odsCode: 'RHA', code: 'nottingham-west', name: 'Nottingham West' },
  { odsCode: 'RHA', code: 'offender-health', name: 'Health care in prison' },
  { odsCode: 'RHA', code: 'prescribed-services', name: 'Prescribed services' },
  { odsCode: 'RHA', code: 'psychological-therapy', name: 'Psychological therapy' },
  { odsCode: 'RHA', code: 'rampton', name: 'Rampton' },
  { odsCode: 'RHA', code: 'rushcliffe', name: 'Rushcliffe' },
  { odsCode: 'RHA', code: 'south-notts', name: 'South Nottinghamshire' },
  { odsCode: 'RHA', code: 'specialist-services', name: 'Specialist services' },
  {
    odsCode: 'RHA',
    code: 'specialist-services-and-cyp',
    name: 'Specialist services and children and young people',
  },
  { odsCode: 'RHA', code: 'substance-misuse-services', name: 'Drug and alcohol services' },
  { odsCode: 'RHA', code: 'wathwood', name: 'Wathwood' },
];

/**
 * The demo cycles, open for anyone who starts the stack at `now`.
 *
 * @param now - the moment of the first start; cycles opened weeks before it and close months after it
 */
export function demoCycles(now: Date): DemoCycle[] {
  return [
    {
      id: experienceCycleId,
      title: 'How was your experience? Winter 2026',
      organisations: ['RHA'],
      standardSet: { id: 'fft', version: 1 },
      perspectives: ['service_user', 'carer'],
      questions: [
        { code: 'what-good', prompt: 'What was good?', polarity: 'what_good' },
        { code: 'could-improve', prompt: 'What could we do better?', polarity: 'could_improve' },
        // Trusts also ask why somebody answered as they did: words that are neither need a place too.
        {
          code: 'anything-else',
          prompt: 'Is there anything else that you would like to tell us?',
          polarity: 'nonspecific',
        },
      ],
      services: experienceServices,
      channels: ['trust', 'public'],
      aboutThisEvaluation: null,
      equalityTable: false,
      opensAt: dateTimeIn(now, -21),
      closesAt: dateTimeIn(now, 90),
      disclosurePolicy: { threshold: 10, roundTo: 5 },
      lookAgainOn: dateIn(now, 135),
    },
    {
      id: workingTogetherCycleId,
      title: 'What makes working together work?',
      organisations: ['RV3', 'RHA'],
      standardSet: { id: 'imroc-ten-tips', version: 1 },
      perspectives: [
        'service_user',
        'carer',
        'peer_worker',
        'staff',
        'manager',
        'commissioner',
        'community_partner',
      ],
      questions: [
        {
          code: 'what-helps',
          prompt:
            'Co-production means that people who use services, carers and staff work together as equals. What helps it to go well and to feel worth doing?',
          polarity: 'what_good',
        },
        {
          code: 'what-to-avoid',
          prompt: 'What gets in the way of working together as equals? What should nobody do?',
          polarity: 'could_improve',
        },
        {
          code: 'anything-else',
          prompt:
            'What else would you like to say about working together? Write as much or as little as you like.',
          polarity: 'nonspecific',
        },
      ],
      services: [
        { odsCode: 'RV3', code: 'community-mental-health', name: 'Community mental health' },
        { odsCode: 'RV3', code: 'hospital-wards', name: 'Hospital wards' },
        { odsCode: 'RV3', code: 'talking-therapies', name: 'Talking therapies' },
        { odsCode: 'RHA', code: 'adult-mental-health', name: 'Adult mental health' },
        {
          odsCode: 'RHA',
          code: 'mental-health-services-for-older-people',
          name: 'Mental health services for older people',
        },
        { odsCode: 'RHA', code: 'children-and-young-people', name: 'Children and young people' },
      ],
      channels: ['trust', 'public'],
      aboutThisEvaluation: { id: 'about-this-evaluation', version: 1 },
      equalityTable: true,
      opensAt: dateTimeIn(now, -75),
      closesAt: dateTimeIn(now, 120),
      disclosurePolicy: { threshold: 10, roundTo: 5 },
      lookAgainOn: dateIn(now, 165),
    },
  ];
}

/**
 * The demo loop records, both published before `now`: one promise with a date that lies ahead, one that was kept.
 *
 * @param now - the moment of the first start
 */
export function demoLoopRecords(now: Date): DemoLoopRecord[] {
  return [
    {
      id: quietPlaceLoopRecordId,
      version: 1,
      organisation: 'RHA',
      cycle: experienceCycleId,
      title: 'Somewhere quiet to sit',
      youSaid: {
        text: 'You told us that the ward is often loud. When things feel too much, the only place to go is your own room, and you would like somewhere calm that is not a bedroom.',
        theme: 'A calm place on the ward',
        enquiryCategory: 'environment-and-activities',
        standards: ['overall-experience'],
        perspectives: ['service_user', 'carer'],
        strength: 'many',
        themes: [],
      },
      weDid: {
        status: 'planned',
        text: 'We will turn the store room by the garden door into a quiet room with soft chairs and a lamp. People who stay on the ward are choosing the chairs and the colours. It will be open all day, and nobody will have to ask for a key.',
        reason: null,
        owner: 'Ward manager',
        dueOn: dateIn(now, 90),
        completedOn: null,
        milestones: [
          {
            on: dateIn(now, 21),
            text: 'The store room is empty and people on the ward have chosen the chairs.',
          },
          { on: dateIn(now, 60), text: 'The room is painted and the new door is in.' },
        ],
        evidence: [],
      },
      difference: null,
      lookAgainOn: dateIn(now, 104),
      publishedAt: dateTimeIn(now, -7, 10),
      updatedAt: dateTimeIn(now, -7, 10),
    },
    {
      id: meetingPapersLoopRecordId,
      version: 1,
      organisation: 'RV3',
      cycle: workingTogetherCycleId,
      title: 'Papers that come in time',
      youSaid: {
        text: 'You told us that papers for meetings come the night before and are too long to read. It is hard to have your say when everyone else has had them for a week.',
        theme: 'Time to get ready for meetings',
        enquiryCategory: 'involvement-in-care',
        standards: ['structure-and-values', 'full-potential'],
        perspectives: ['service_user', 'carer', 'peer_worker'],
        strength: 'some',
        themes: [latePapersThemeId],
      },
      weDid: {
        status: 'done',
        text: 'Papers now go to everyone seven days before a meeting, and each one is two pages at most. We post a printed copy to anyone who would like one. If a paper is late, it waits for the next meeting.',
        reason: null,
        owner: 'Head of co-production',
        dueOn: dateIn(now, -14),
        completedOn: dateIn(now, -18),
        milestones: [
          {
            on: dateIn(now, -40),
            text: 'A group of carers and peer workers agreed what a good paper looks like.',
          },
        ],
        evidence: [],
      },
      difference:
        'People say that they can read the papers in time and come with their own questions. Two items have waited for a later meeting because the paper was late.',
      lookAgainOn: dateIn(now, 75),
      publishedAt: dateTimeIn(now, -12, 10),
      updatedAt: dateTimeIn(now, -12, 10),
    },
  ];
}
