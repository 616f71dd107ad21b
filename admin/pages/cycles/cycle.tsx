import { getParticipation } from '../../../api/cycles/contract.ts';
import { Button } from '../../components/Button.tsx';
import { InsetText } from '../../components/InsetText.tsx';
import { SummaryList } from '../../components/SummaryList.tsx';
import { Tag } from '../../components/Tag.tsx';
import { TaskList } from '../../components/TaskList.tsx';
import { page } from '../../page.tsx';
import { timeWords } from '../../words.ts';
import { type Cycle, hrefOf, isChangeable, type LoadedCycle, loadCycle } from './load-cycle.ts';
import { Participation } from './participation.tsx';
import { PhaseTag } from './phase-tag.tsx';
import { partsOf, type SetUpPart } from './summary.tsx';

const doneMessages: Readonly<Record<string, string>> = {
  made: 'The draft is made. Go through the tasks below, then check and open it.',
  saved: 'Saved.',
  scheduled: 'The cycle is scheduled. It opens by itself.',
  opened: 'The cycle is open. People can take part.',
  closed: 'The cycle is closed. Nobody can take part in it any more.',
  held: 'There is a legal hold now: nothing of this cycle is deleted.',
  'hold-ended': 'The legal hold has ended. What is past its time is deleted within a day.',
};

export const cyclePage = page(
  '/console/cycles/:cycleId',
  ['administrator', 'publisher', 'moderator', 'auditor'],
  async (visit) => {
    const loaded = await loadCycle(visit);
    const { cycle, canManage } = loaded;
    const isCounted = canManage && !isChangeable(cycle);
    const participation = isCounted
      ? await visit.api.call(getParticipation, { params: { cycleId: cycle.id } })
      : null;
    const parts = partsOf(cycle, visit.now);
    return {
      title: cycle.title,
      back: { href: '/console/cycles', text: 'Evaluation cycles' },
      done: doneMessages[visit.query.get('done') ?? ''],
      body: (
        <>
          <h1 class="nhsuk-heading-l">
            <span class="nhsuk-caption-l">Evaluation cycle</span>
            {cycle.title}
          </h1>
          <p>
            <PhaseTag phase={cycle.phase} />
          </p>
          <State cycle={cycle} />
          {cycle.legalHold && (
            <InsetText>
              There is a legal hold: nothing of this cycle is deleted until it ends.
            </InsetText>
          )}
          <NextSteps loaded={loaded} />
          {participation && <Participation cycle={cycle} items={participation.body.items} />}
          {canManage && isChangeable(cycle) ? (
            <Tasks cycle={cycle} parts={parts} />
          ) : (
            <>
              <h2 class="nhsuk-heading-m">How it is set up</h2>
              <SummaryList rows={parts.map(({ heading, value }) => ({ key: heading, value }))} />
            </>
          )}
          <p>
            <a href={hrefOf(cycle, 'preview')}>See what people see</a>
          </p>
          {canManage && <Care cycle={cycle} />}
        </>
      ),
    };
  },
);

/** Where the cycle is, in a sentence. */
function State({ cycle }: { cycle: Cycle }) {
  const [opens, closes] = [timeWords(cycle.opensAt), timeWords(cycle.closesAt)];
  switch (cycle.phase) {
    case 'draft':
      return <p>Only administrators of its organisations see this draft.</p>;
    case 'scheduled':
      return <p>It opens by itself on {opens}. Until then everything can be changed.</p>;
    case 'open':
      return <p>People can take part until {closes}.</p>;
    case 'closed':
      return <p>It closed on {closes}. Results are shown to nobody before they are released.</p>;
    default:
      return <p>It closed on {closes}, and its results are released.</p>;
  }
}

/** What can be done next, by whom; one primary button at most. */
function NextSteps({ loaded: { cycle, canManage, canRelease } }: { loaded: LoadedCycle }) {
  if (isChangeable(cycle) || cycle.phase === 'open') return null;
  const isReleased = cycle.phase === 'released';
  return (
    <>
      {isReleased && (
        <p>
          <a href={`/console/results/${cycle.id}`}>Look at the results</a>
        </p>
      )}
      {canRelease ? (
        <Button href={hrefOf(cycle, 'release')} variant={isReleased ? 'secondary' : undefined}>
          {isReleased ? 'Release corrected results' : 'Release the results'}
        </Button>
      ) : (
        !isReleased &&
        canManage && <p>Next, two publishers of its organisations release the results.</p>
      )}
    </>
  );
}

const groups = ['What is asked', 'Who takes part, and when', 'What people are promised'] as const;

function Tasks({ cycle, parts }: { cycle: Cycle; parts: readonly SetUpPart[] }) {
  return (
    <>
      {groups.map((group, index) => (
        <>
          <h2 class="nhsuk-heading-m">{group}</h2>
          <TaskList
            idPrefix={`tasks-${index + 1}`}
            items={parts
              .filter((part) => part.group === group)
              .map((part) => ({
                heading: part.heading,
                href: hrefOf(cycle, part.task),
                hint: part.short,
                status: <Status status={part.status} />,
              }))}
          />
        </>
      ))}
      <Button href={hrefOf(cycle, 'check')}>
        {cycle.phase === 'draft' ? 'Check and open it' : 'Check it'}
      </Button>
    </>
  );
}

function Status({ status }: { status: SetUpPart['status'] }) {
  if (status === 'needed') return <Tag colour="red">Needed</Tag>;
  if (status === 'optional') return <Tag colour="white">Optional</Tag>;
  return <>Done</>;
}

/** What an administrator does seldom. */
function Care({ cycle }: { cycle: Cycle }) {
  return (
    <>
      <h2 class="nhsuk-heading-m">Other things you can do</h2>
      <ul class="nhsuk-list">
        {cycle.phase === 'open' && (
          <li>
            <a href={hrefOf(cycle, 'close')}>Close it before its time</a>
          </li>
        )}
        {(cycle.phase === 'open' || cycle.phase === 'closed') && (
          <li>
            <a href={hrefOf(cycle, 'disclosure-policy')}>Hide larger groups: raise the threshold</a>
          </li>
        )}
        <li>
          {cycle.legalHold ? (
            <a href={hrefOf(cycle, 'end-legal-hold')}>End the legal hold</a>
          ) : (
            <a href={hrefOf(cycle, 'legal-hold')}>Stop the deletion of what people sent, by law</a>
          )}
        </li>
      </ul>
    </>
  );
}
