/**
 * The standard sets that a fresh database knows, each as its version 1.
 *
 * Headings and labels are facts about published frameworks and stand exactly as they were published, with source,
 * licence and attribution. The statements of what good looks like are this project's own, in plain words: they follow
 * the idea of a heading and quote nothing. `wordingStatus` tells a reader which is which. The last set is wholly our own:
 * what a cycle may ask about the evaluation itself.
 *
 * A published version is never edited: the database refuses it. To mend a word here after a release, add a version 2
 * that says in `changes` what is different; a changed version 1 would make old answers mean something else.
 */

import type { Scale, Standard } from '../../domain/cycle.ts';
import type { WordingStatus } from '../../domain/vocabulary.ts';

export interface StandardSetSeed {
  id: string;
  version: 1;
  title: string;
  wordingStatus: WordingStatus;
  source: string;
  licence: string;
  /** The credit line that has to be shown wherever the set is shown. */
  attribution: string;
  scale: Scale & { min: 1 };
  /** `title` is the published heading, and our own words only for a `level`; `statement` is always ours. */
  standards: Standard[];
  /** Who co-produced it, by role and never by name; empty where it is not known. */
  coProducedBy: string[];
  /** Disagreement that was recorded and not settled. */
  dissent: string[];
  /** What is different from the version before, or null for a first version. */
  changes: string | null;
}

/** How far a statement is true here: 1 "Not at all" to 5 "Fully". */
const agreement5: StandardSetSeed['scale'] = {
  min: 1,
  max: 5,
  labels: ['Not at all', 'A little', 'Partly', 'Mostly', 'Fully'],
};

/** The answers of the Friends and Family Test, worst first: 5 is the best here, while trusts' files call the best 1. */
const fft5: StandardSetSeed['scale'] = {
  min: 1,
  max: 5,
  labels: ['Very poor', 'Poor', 'Neither good nor poor', 'Good', 'Very good'],
};

const oglStatement =
  'Contains public sector information licensed under the Open Government Licence v3.0.';
const oglLink = 'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/';
const oursStatements = 'The sentences under the headings were written for Full Circle.';

export const standardSets: readonly StandardSetSeed[] = [
  {
    id: 'imroc-ten-tips',
    version: 1,
    title: 'ImROC: ten tips for co-production',
    wordingStatus: 'headings-only',
    source:
      'ImROC briefing paper 13, Co-production: sharing our experiences, reflecting on our learning (Lewis, King, Herbert and Repper, 2017)',
    licence: 'copyright ImROC; headings with attribution',
    attribution: `Headings: © ImROC, from briefing paper 13, "Co-production: sharing our experiences, reflecting on our learning", by Lewis, King, Herbert and Repper, 2017. ${oursStatements}`,
    scale: agreement5,
    standards: [
      {
        code: 'right-people',
        title: 'Gather the right people for the job',
        statement:
          'The people this matters to are part of it from the start. People who use services, carers and staff all have a real place.',
      },
      {
        code: 'shared-purpose',
        title: 'Just get started and build momentum around your shared purpose',
        statement:
          'We all know what we want to change, and why. We have made a start, and we keep going together.',
      },
      {
        code: 'structure-and-values',
        title: 'Spend time agreeing the structure and the values of meetings',
        statement:
          'We took time to agree how we meet and how we treat each other. People know what to expect when they come.',
      },
      {
        code: 'full-potential',
        title: 'Support every member to contribute to their full potential',
        statement:
          'Everyone gets the help they need to take part. People can use their skills and learn new ones.',
      },
      {
        code: 'small-steps',
        title: 'Tackle the challenge in small steps',
        statement:
          'We break big problems into small steps that we can take soon. After each step, we look at what has changed.',
      },
      {
        code: 'listen',
        title: 'Listen, listen, listen',
        statement:
          'People listen to each other without rushing or talking over anyone. What people say can change what we do.',
      },
      {
        code: 'evidence',
        title: 'Back up decisions with evidence',
        statement:
          'We check what is known before we decide. We use facts and figures, and what people know from their own lives.',
      },
      {
        code: 'comfort-zone',
        title: 'Beware the comfort zone',
        statement:
          'We notice when we slip back into old habits. It is safe for anyone to say so, and we try something new.',
      },
      {
        code: 'bigger-picture',
        title: 'Look to the bigger picture',
        statement:
          'We know how our work fits with what others are doing. We share what we learn, and we learn from them.',
      },
      {
        code: 'cherish',
        title: 'Cherish what you create',
        statement:
          'We look after what we have made together. We thank people, enjoy what went well, and help it to last.',
      },
    ],
    coProducedBy: [],
    dissent: [],
    changes: null,
  },
  {
    id: '4pi',
    version: 1,
    title: '4Pi national involvement standards',
    wordingStatus: 'headings-only',
    source: 'National Survivor User Network, National Involvement Partnership, 2013/2015',
    licence: 'copyright NSUN; no open licence found; headings with attribution',
    attribution: `Headings: © National Survivor User Network (NSUN), 4Pi national involvement standards, National Involvement Partnership, 2013/2015. ${oursStatements}`,
    scale: agreement5,
    standards: [
      {
        code: 'principles',
        title: 'Principles',
        statement:
          'We treat each other with respect and as equals. We say what we believe in, and we act on it.',
      },
      {
        code: 'purpose',
        title: 'Purpose',
        statement:
          'Everyone knows why people are being involved. We are open about what can change and what cannot.',
      },
      {
        code: 'presence',
        title: 'Presence',
        statement:
          'People who use services and carers are there from the first idea to the last decision. They come from many backgrounds, and no one has to speak for all.',
      },
      {
        code: 'process',
        title: 'Process',
        statement:
          'Taking part is made easy. People get clear information, enough time, the support they need, and their costs paid.',
      },
      {
        code: 'impact',
        title: 'Impact',
        statement:
          'Being involved makes a real difference. People can see what has changed because of what they said.',
      },
    ],
    coProducedBy: [],
    dissent: [],
    changes: null,
  },
  {
    id: 'tlap-ladder',
    version: 1,
    title: 'Ladder of co-production',
    wordingStatus: 'headings-only',
    source:
      'Think Local Act Personal and the National Co-production Advisory Group (after Arnstein 1969)',
    licence: 'reuse allowed with credit and a link',
    attribution:
      'Ladder of co-production: Think Local Act Personal and the National Co-production Advisory Group (after Arnstein 1969), https://www.thinklocalactpersonal.org.uk/. The question and the sentences with it were written for Full Circle.',
    scale: {
      min: 1,
      max: 7,
      labels: [
        'Coercion',
        'Educating',
        'Informing',
        'Consultation',
        'Engagement',
        'Co-design',
        'Co-production',
      ],
    },
    standards: [
      {
        code: 'level',
        title: 'Our step on the ladder',
        statement:
          'Which step are we on now (as is)? Which step do we want to reach (to be)? On the first step, people are told what to do. On the last step, people decide and act together as equals.',
      },
    ],
    coProducedBy: ['members of the National Co-production Advisory Group'],
    dissent: [],
    changes: null,
  },
  {
    id: 'needham-carr-levels',
    version: 1,
    title: 'Levels of co-production',
    wordingStatus: 'headings-only',
    source: 'Needham and Carr, SCIE research briefing 31, 2009',
    licence: 'labels only',
    attribution:
      'Labels of the levels: Needham and Carr, SCIE research briefing 31, 2009. The question and the sentences with it were written for Full Circle.',
    scale: { min: 1, max: 3, labels: ['Descriptive', 'Intermediate', 'Transformative'] },
    standards: [
      {
        code: 'level',
        title: 'Our level of co-production',
        statement:
          'Which level are we at now (as is)? Which level do we want to reach (to be)? Descriptive: people do their part in their own care. Intermediate: people are respected and listened to for what they know. Transformative: people share the power to plan and run services.',
      },
    ],
    coProducedBy: [],
    dissent: [],
    changes: null,
  },
  {
    id: 'fft',
    version: 1,
    title: 'Friends and Family Test',
    wordingStatus: 'verbatim',
    source: 'NHS England Friends and Family Test guidance',
    licence: 'Open Government Licence v3 (to be confirmed by a person)',
    attribution: `Friends and Family Test: NHS England. ${oglStatement} ${oglLink} (Licence to be confirmed.) The question and its answers are the published wording; the sentences under the question were written for Full Circle.`,
    scale: fft5,
    standards: [
      {
        code: 'overall-experience',
        title: 'Overall, how was your experience of our service?',
        statement:
          'When it is very good, people feel welcome, safe and listened to. They get help that works for them, and they know what will happen next.',
      },
    ],
    coProducedBy: [],
    dissent: [],
    changes: null,
  },
  {
    id: 'pcref',
    version: 1,
    title: 'Patient and carer race equality framework',
    wordingStatus: 'headings-only',
    source: 'NHS England, Advancing mental health equalities',
    licence: 'Open Government Licence v3 (to be confirmed by a person)',
    attribution: `Patient and carer race equality framework: NHS England, Advancing mental health equalities. ${oglStatement} ${oglLink} (Licence to be confirmed.) ${oursStatements}`,
    scale: agreement5,
    standards: [
      {
        code: 'legislative',
        title: 'Legislative and regulatory obligations',
        statement:
          'We keep to the laws that protect people from unfair treatment. Our leaders check that people of every ethnic background are treated fairly. When they are not, we put it right.',
      },
      {
        code: 'competencies',
        title: 'National organisational competencies',
        statement:
          'Staff understand and respect people’s culture, faith and background. We learn from people from ethnic minorities and plan care with them.',
      },
      {
        code: 'feedback-mechanism',
        title: 'Patient and carers feedback mechanism',
        statement:
          'It is easy and safe for people to tell us about racism or unfair treatment. We act on it, and we tell people what we did.',
      },
    ],
    coProducedBy: [],
    dissent: [],
    changes: null,
  },
  {
    id: 'mha-principles',
    version: 1,
    title: 'Mental Health Act principles',
    wordingStatus: 'headings-only',
    source:
      'Mental Health Act 2025 (Royal Assent 18 December 2025; most provisions not yet in force)',
    licence: 'Open Government Licence v3',
    attribution: `Headings: Mental Health Act 2025. ${oglStatement} ${oglLink} ${oursStatements}`,
    scale: agreement5,
    standards: [
      {
        code: 'choice',
        title: 'Choice and autonomy',
        statement:
          'People get help to say what they want and to make their own choices. When we cannot do what they want, we explain why.',
      },
      {
        code: 'least-restriction',
        title: 'Least restriction',
        statement:
          'We limit people’s freedom only when we have to, and as little as we can. We end each limit as soon as it is safe.',
      },
      {
        code: 'therapeutic-benefit',
        title: 'Therapeutic benefit',
        statement:
          'People get care that helps them to feel better and to go home as soon as they can. If something does not help, we change it.',
      },
      {
        code: 'individual',
        title: 'The person as an individual',
        statement:
          'People are seen as a whole person, not just an illness. We ask what matters in their life, and we respect it.',
      },
    ],
    coProducedBy: [],
    dissent: [],
    changes: null,
  },
  {
    id: 'about-this-evaluation',
    version: 1,
    title: 'About this evaluation',
    wordingStatus: 'own',
    source:
      'Full Circle, after "meta-co-production" in Closing the Loop Beyond the Loop: Measuring Success in Co-production (Cavendish Square Group, 2024)',
    licence: 'MIT, as this project',
    attribution: 'Written for Full Circle.',
    scale: agreement5,
    standards: [
      {
        code: 'what-matters',
        title: 'It asked about what matters',
        statement: 'The questions were about what matters to me. I could say what I wanted to say.',
      },
      {
        code: 'easy',
        title: 'It was easy to take part',
        statement:
          'I understood the questions. I could take part in a way and at a time that suited me.',
      },
      {
        code: 'safe',
        title: 'It felt safe to be honest',
        statement: 'I could say what I think without fear of what might follow from it.',
      },
      {
        code: 'made-together',
        title: 'People like me helped to make it',
        statement:
          'People who use services, carers and staff shaped this evaluation together, as equals.',
      },
      {
        code: 'what-happens-next',
        title: 'I know what happens next',
        statement: 'I know when and where I can see the results, and what was done about them.',
      },
    ],
    coProducedBy: [],
    dissent: [],
    changes: null,
  },
];
