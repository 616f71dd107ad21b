import { getModerationProgress } from '../../../api/moderation/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Table } from '../../components/Table.tsx';
import { page } from '../../page.tsx';
import { Pages, pagingOf } from '../../paging.tsx';
import { countWords } from '../../words.ts';
import { HelpForModerators } from './guidance.tsx';
import { DECIDED, QUEUE } from './place.ts';
import { decidedOf, type Progress } from './text-shown.tsx';

/** What waits, what it is like to read it, and how it is done: before the first text. */
export const moderationStart = page('/console/moderation', ['moderator'], async (visit) => {
  const { cursor, titleSuffix } = pagingOf(visit);
  const { body } = await visit.api.call(getModerationProgress, { query: { cursor } });
  const waiting = body.items.reduce((sum, each) => sum + each.waiting, 0);
  const inDanger = body.items.reduce((sum, each) => sum + each.ofThoseSafeguarding, 0);
  return {
    title: `Moderation${titleSuffix}`,
    body: (
      <>
        <h1 class="nhsuk-heading-l">Moderation</h1>
        <p class="nhsuk-lede-text">
          Read what people wrote, one text at a time, and decide what others may see.
        </p>
        <h2 class="nhsuk-heading-m">Before you begin</h2>
        <p>
          Some of these texts are about pain, harm, loss or unfair treatment. You may meet something
          that you know from your own life. Read as many as feels right, take a break whenever you
          like, and leave a text for somebody else if it is too much today. Nobody counts.
        </p>
        {waiting > 0 && (
          <>
            {inDanger > 0 && <DangerFirst count={inDanger} />}
            <Button href={QUEUE}>Start reading</Button>
          </>
        )}
        <Waiting items={body.items} />
        <Pages visit={visit} next={body.next} />
        <p>
          <a href={DECIDED}>Look at texts that were decided on, and change a decision</a>
        </p>
        <h2 class="nhsuk-heading-m">How it works</h2>
        <ul>
          <li>
            You see one text and the question it answers. You never see how anybody rated, who they
            are or when they wrote, so that nobody can be found out by putting things together.
          </li>
          <li>
            What may say who somebody is, is marked. The marks help; they miss some and are wrong
            about some. You decide.
          </li>
          <li>
            You can publish a text, take words out first, keep it private, or delete it. A decision
            can be changed later, to show less. What was taken out or deleted cannot come back.
          </li>
          <li>
            Criticism is no reason to hide a text. What people say about a service belongs to them.
          </li>
        </ul>
        <h2 class="nhsuk-heading-m">Help for yourself</h2>
        <HelpForModerators />
      </>
    ),
  };
});

function DangerFirst({ count }: { count: number }) {
  return (
    <>
      <p>
        <strong>
          {count === 1
            ? 'In 1 text somebody may be in danger.'
            : `In ${countWords(count, 'text')} somebody may be in danger.`}
        </strong>{' '}
        You see those first, each behind a warning and with what to do.
      </p>
      <ul>
        <li>
          <a href={`${QUEUE}?only=safeguarding`}>Safeguarding first: read only those now</a>
        </li>
        <li>
          <a href={`${QUEUE}?only=others`}>
            Read only the others today, and tell somebody who can read those now
          </a>
        </li>
      </ul>
    </>
  );
}

function Waiting({ items }: { items: Progress }) {
  if (items.length === 0)
    return (
      <p>
        Nothing waits yet. Texts come here in groups once enough people have written, and when a
        cycle closes.
      </p>
    );
  return (
    <Table
      caption="What is waiting"
      responsive
      head={[
        'Cycle',
        'Organisation',
        { content: 'Waiting', format: 'numeric' },
        { content: 'Of those, to read first', format: 'numeric' },
        { content: 'Decided', format: 'numeric' },
      ]}
      rows={items.map((each) => [
        {
          content:
            each.waiting > 0 ? (
              <a href={`${QUEUE}?cycle=${each.cycle}`}>{each.cycleTitle}</a>
            ) : (
              each.cycleTitle
            ),
        },
        each.organisation,
        String(each.waiting),
        String(each.ofThoseSafeguarding),
        String(decidedOf([each])),
      ])}
    />
  );
}
