import { getPriority } from '../../../api/priorities/contract.ts';
import { Button } from '../../components/Button.tsx';
import { NotFound, page, type Visit } from '../../page.tsx';
import { readCycleWords } from '../../remembered.ts';
import { UrgentHelp } from '../../urgent-help.tsx';
import { dayWords, perspectiveWords } from '../../words.ts';
import {
  bandOfPeopleWords,
  hasNews,
  type Priority,
  priorityHref,
  StateTag,
} from './priority-words.tsx';

const doneMessages: Readonly<Record<string, string>> = {
  saved: 'The priorities are saved. Only staff see them until they are published.',
  published: 'The priorities are published.',
};

/** @throws NotFound for those of another organisation, of which anybody reads only what is published */
export async function loadPriority({ api, params }: Visit): Promise<Priority> {
  const { body, version } = await api.call(getPriority, {
    params: { priorityId: params.priorityId ?? '' },
  });
  if (version === null) throw new NotFound();
  return body;
}

export const priorityPage = page(
  '/console/priorities/:priorityId',
  ['moderator'],
  async (visit) => {
    const priority = await loadPriority(visit);
    const cycle = await readCycleWords(visit, priority.cycle);
    return {
      title: 'Priorities of a cycle',
      back: { href: '/console/priorities', text: 'Priorities' },
      done: doneMessages[visit.query.get('done') ?? ''],
      body: (
        <>
          <UrgentHelp />
          <h1 class="nhsuk-heading-l">
            <span class="nhsuk-caption-l">
              {cycle.title}, {priority.organisation}
            </span>
            Priorities of a cycle
          </h1>
          <p>
            <StateTag priority={priority} />
          </p>
          <div class="fc-actions">
            {hasNews(priority) && (
              <Button href={priorityHref(priority.id, 'publish')}>
                {priority.publishedVersion === null ? 'Publish' : 'Publish the changes'}
              </Button>
            )}
            <Button variant="secondary" href={priorityHref(priority.id, 'edit')}>
              Change
            </Button>
          </div>
          <h2 class="nhsuk-heading-m">As people will read them</h2>
          <PriorityAsRead priority={priority} />
        </>
      ),
    };
  },
);

/** Priorities as the public reads them. */
export function PriorityAsRead({ priority }: { priority: Priority }) {
  const { ranking, decidedBy, decidedOn, rationale, dissent } = priority;
  return (
    <>
      <ol>
        {ranking.map(({ title, rationale: why }) => (
          <li>
            <strong>{title ?? 'A theme that was withdrawn'}</strong>
            {why !== null && <p class="fc-text">{why}</p>}
          </li>
        ))}
      </ol>
      <h3>How it was decided</h3>
      <p>Decided on {dayWords(decidedOn)} by:</p>
      <ul>
        {decidedBy.map(({ perspective, people }) => (
          <li>
            {perspectiveWords[perspective]}: {bandOfPeopleWords[people]}
          </li>
        ))}
      </ul>
      <p class="fc-text">{rationale}</p>
      {dissent.length > 0 && (
        <>
          <h3>Not everybody agreed</h3>
          <ul>
            {dissent.map((text) => (
              <li class="fc-text">{text}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
