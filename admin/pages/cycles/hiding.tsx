import type * as z from 'zod';
import type { createRelease } from '../../../api/releases/contract.ts';
import { Details } from '../../components/Details.tsx';
import { Table } from '../../components/Table.tsx';
import { countWords, perspectiveWords } from '../../words.ts';
import type { Cycle } from './load-cycle.ts';

/** What a release would hide, as the API says it. */
export type DryRun = z.output<(typeof createRelease.replies)[200]['schema']>;
type Hiding = Pick<DryRun, 'hidden' | 'kept' | 'shown'>;
type Group = DryRun['hidden'][number] | DryRun['kept'][number];
type Why = Group['why'];

const whyWords: Readonly<Record<Why, string>> = {
  too_few: 'Too few people',
  protects_another: 'Protects a small group beside it',
  hidden_before: 'Was hidden in the release before',
  changed_too_little: 'Too few have changed since the release before',
};

const whyMeanings: Readonly<Record<Why, string>> = {
  too_few: 'so few people said something that a number could tell what one of them said',
  protects_another: 'a small group could be worked out by subtracting this one from a total',
  hidden_before: 'to show it now could tell what was hidden then',
  changed_too_little: 'the difference could tell what single people said since',
};

/** So many rows stand in a table; a list of hundreds nobody reads. */
const MAX_ROWS = 60;

/** What would be shown and what hidden, and why: for whoever decides to publish it. */
export function HidingOf({ cycle, dryRun }: { cycle: Cycle; dryRun: DryRun }) {
  const { aboutThisEvaluation, equality, themes } = dryRun;
  return (
    <>
      <h2 class="nhsuk-heading-m">What people say of the services</h2>
      <Rows cycle={cycle} hiding={dryRun} set={cycle.standardSet} />
      {aboutThisEvaluation && cycle.aboutThisEvaluation && (
        <>
          <h2 class="nhsuk-heading-m">What people say of this evaluation</h2>
          <Rows cycle={cycle} hiding={aboutThisEvaluation} set={cycle.aboutThisEvaluation} />
        </>
      )}
      {equality && (
        <>
          <h2 class="nhsuk-heading-m">Who took part, by ethnic group</h2>
          <Counts hiding={equality} />
          {equality.hidden.length > 0 && (
            <Details summary="Which ethnic groups would be hidden">
              <Table
                responsive
                head={['Group', 'Why']}
                rows={equality.hidden.map(({ label, why }) => [label, whyWords[why]])}
              />
            </Details>
          )}
        </>
      )}
      {themes && (
        <>
          <h2 class="nhsuk-heading-m">How many spoke of each theme</h2>
          <p>
            {countWords(themes.shown, 'number')} would be shown, and{' '}
            {countWords(themes.hidden, 'number')} hidden.
          </p>
        </>
      )}
    </>
  );
}

function Rows({ cycle, hiding, set }: { cycle: Cycle; hiding: Hiding; set: Cycle['standardSet'] }) {
  return (
    <>
      <Counts hiding={hiding} />
      <Groups summary="Which groups would be hidden" groups={hiding.hidden} {...{ cycle, set }} />
      <Groups
        summary="Which groups would say what they said before"
        groups={hiding.kept}
        {...{ cycle, set }}
      />
    </>
  );
}

/** How many, and how many for each reason: what somebody sees who reads no further. */
function Counts({
  hiding,
}: {
  hiding: { shown: number; hidden: readonly { why: Why }[]; kept: readonly { why: Why }[] };
}) {
  const { shown, hidden, kept } = hiding;
  return (
    <>
      <p>
        {countWords(shown, 'group')} would be shown, and {countWords(hidden.length, 'group')}{' '}
        hidden.
      </p>
      {hidden.length > 0 && <Reasons heading="Hidden, because:" rows={hidden} />}
      {kept.length > 0 && <Reasons heading="As in the release before, because:" rows={kept} />}
    </>
  );
}

function Reasons({ heading, rows }: { heading: string; rows: readonly { why: Why }[] }) {
  const reasons = [...new Set(rows.map(({ why }) => why))];
  return (
    <>
      <p>{heading}</p>
      <ul class="nhsuk-list nhsuk-list--bullet">
        {reasons.map((reason) => (
          <li>
            <strong>
              {whyWords[reason]}: {rows.filter(({ why }) => why === reason).length}
            </strong>
            , since {whyMeanings[reason]}
          </li>
        ))}
      </ul>
    </>
  );
}

function Groups({
  summary,
  groups,
  cycle,
  set,
}: {
  summary: string;
  groups: readonly Group[];
  cycle: Cycle;
  set: Cycle['standardSet'];
}) {
  if (groups.length === 0) return null;
  return (
    <Details summary={summary}>
      <Table
        responsive
        head={['Standard', 'Where', 'Who', 'Why']}
        rows={groups
          .slice(0, MAX_ROWS)
          .map((group) => [
            set.standards.find(({ code }) => code === group.standard)?.title ?? group.standard,
            placeOf(group, cycle),
            perspectiveWords[group.perspective as keyof typeof perspectiveWords] ??
              group.perspective,
            whyWords[group.why],
          ])}
      />
      {groups.length > MAX_ROWS && (
        <p>And {countWords(groups.length - MAX_ROWS, 'group')} more, for the same reasons.</p>
      )}
    </Details>
  );
}

/** The service, or the organisation as a whole, or all of them. */
function placeOf({ organisation, service }: Group, cycle: Cycle): string {
  if (organisation === 'all') return 'All organisations';
  const named = cycle.services.find(
    ({ odsCode, code }) => odsCode === organisation && code === service,
  );
  if (service !== null) return named?.name ?? service;
  const found = cycle.organisationNames.find(({ odsCode }) => odsCode === organisation);
  return found?.name ?? organisation;
}
