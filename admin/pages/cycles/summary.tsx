import type { Content } from '../../components/parts.ts';
import { channelWords, countWords, dayWords, perspectiveWords, timeWords } from '../../words.ts';
import { type Cycle, isChangeable } from './load-cycle.ts';
import { policyMeaning } from './policy-meaning.ts';

/** One part of a cycle, as it is set up. */
export interface SetUpPart {
  /** The page on which it is set: the last part of its path. */
  task: string;
  /** A group of tasks. */
  group: 'What is asked' | 'Who takes part, and when' | 'What people are promised';
  heading: string;
  /** As it is, whole. */
  value: Content;
  /** As it is, short enough for a list of tasks. */
  short: string;
  /** `needed`: the cycle cannot open so. `optional`: it can do without. */
  status: 'done' | 'needed' | 'optional';
}

/** The parts of a cycle in the order in which they are best set up. */
export function partsOf(cycle: Cycle, now: Date): SetUpPart[] {
  return [...asked(cycle), ...takingPart(cycle, now), ...promised(cycle)];
}

function asked(cycle: Cycle): SetUpPart[] {
  const group = 'What is asked';
  const { standardSet, questions, aboutThisEvaluation: about } = cycle;
  const setWords = `${standardSet.title}, version ${standardSet.version}`;
  const aboutWords = about ? `${about.title}, version ${about.version}` : 'Not asked';
  return [
    {
      task: 'title',
      group,
      heading: 'Title',
      value: cycle.title,
      short: cycle.title,
      status: 'done',
    },
    {
      task: 'standard-set',
      group,
      heading: 'What people rate',
      value: `${setWords}: ${countWords(standardSet.standards.length, 'standard')}`,
      short: setWords,
      status: 'done',
    },
    {
      task: 'questions',
      group,
      heading: 'Open questions',
      value: lines(questions.map(({ prompt }) => prompt)),
      short: questions.length === 0 ? 'None yet' : countWords(questions.length, 'question'),
      status: questions.length === 0 ? 'optional' : 'done',
    },
    {
      task: 'about-this-evaluation',
      group,
      heading: 'Questions about this evaluation',
      value: aboutWords,
      short: aboutWords,
      status: about ? 'done' : 'optional',
    },
  ];
}

function takingPart(cycle: Cycle, now: Date): SetUpPart[] {
  const group = 'Who takes part, and when';
  const { organisationNames, services, perspectives, lookAgainOn } = cycle;
  const groups = perspectives.map((each) => perspectiveWords[each]);
  const ways = cycle.channels.map((each) => channelWords[each]);
  const isTooLate = isChangeable(cycle) && new Date(cycle.closesAt) <= now;
  return [
    {
      task: 'organisations',
      group,
      heading: 'Organisations',
      value: lines(organisationNames.map(({ name }) => name)),
      short: countWords(organisationNames.length, 'organisation'),
      status: 'done',
    },
    {
      task: 'services',
      group,
      heading: 'Teams, wards and services',
      value: lines(services.map(({ name }) => name)),
      short:
        services.length === 0
          ? 'None: people speak about the organisation as a whole'
          : countWords(services.length, 'service'),
      status: services.length === 0 ? 'optional' : 'done',
    },
    {
      task: 'perspectives',
      group,
      heading: 'Who is asked',
      value: lines(groups),
      short: groups.join(', '),
      status: 'done',
    },
    {
      task: 'taking-part',
      group,
      heading: 'How people take part',
      value: lines(ways),
      short: ways.join('; '),
      status: 'done',
    },
    {
      task: 'window',
      group,
      heading: 'When it is open',
      value: `From ${timeWords(cycle.opensAt)} to ${timeWords(cycle.closesAt)}`,
      short: isTooLate
        ? 'It would have closed already: choose other days'
        : `${dayWords(cycle.opensAt)} to ${dayWords(cycle.closesAt)}`,
      status: isTooLate ? 'needed' : 'done',
    },
    {
      task: 'look-again',
      group,
      heading: 'When people look again',
      value: lookAgainOn ? dayWords(lookAgainOn) : 'Not said',
      short: lookAgainOn ? dayWords(lookAgainOn) : 'No day yet',
      status: lookAgainOn ? 'done' : 'optional',
    },
  ];
}

function promised(cycle: Cycle): SetUpPart[] {
  const group = 'What people are promised';
  const { threshold, roundTo } = cycle.disclosurePolicy;
  const equality = cycle.equalityTable ? 'Published for the whole cycle' : 'Not published';
  const days = countWords(cycle.retentionDays, 'day');
  return [
    {
      task: 'disclosure-policy',
      group,
      heading: 'When numbers are hidden',
      value: lines(policyMeaning(cycle.disclosurePolicy)),
      short: `Groups of fewer than ${threshold} people; counts rounded to ${roundTo}`,
      status: 'done',
    },
    {
      task: 'equality-table',
      group,
      heading: 'Equality table',
      value: equality,
      short: equality,
      status: 'done',
    },
    {
      task: 'retention',
      group,
      heading: 'How long answers are kept',
      value: `${days} after closing`,
      short: `${days} after closing`,
      status: 'done',
    },
  ];
}

function lines(items: readonly string[]): Content {
  const [only, another] = items;
  if (another === undefined) return only ?? 'None';
  return (
    <ul class="nhsuk-list">
      {items.map((item) => (
        <li>{item}</li>
      ))}
    </ul>
  );
}
