import { getModerationProgress, listModerationTexts } from '../../../api/moderation/contract.ts';
import { stricterDecisions } from '../../../domain/moderation.ts';
import { Button } from '../../components/Button.tsx';
import { Details } from '../../components/Details.tsx';
import { Select } from '../../components/Select.tsx';
import { Tag } from '../../components/Tag.tsx';
import { page } from '../../page.tsx';
import { Pages, pagingOf } from '../../paging.tsx';
import { decidedWords, LastDecision } from './last-decision.tsx';
import { DECIDED, filterAt, type Place, placeOf, textHref } from './place.ts';
import { Help, type Progress, type Text } from './text-shown.tsx';

/** Texts on a page of the list, and how much of each is shown there. */
const LIMIT = 20;
const BEGINNING = 300;

/** What was decided, to be looked at again: a decision can be changed for one that shows less. */
export const decidedTexts = page(DECIDED, ['moderator'], async (visit) => {
  const place = placeOf(visit);
  const { titleSuffix } = pagingOf(visit);
  const [{ body }, progress] = await Promise.all([
    visit.api.call(listModerationTexts, {
      query: { ...filterAt(place), state: 'decided', limit: String(LIMIT) },
    }),
    visit.api.call(getModerationProgress),
  ]);
  return {
    title: `Decided texts${titleSuffix}`,
    back: { href: '/console/moderation', text: 'Moderation' },
    body: (
      <>
        <Help isOpen={false} />
        <LastDecision visit={visit} place={{ ...place, isOfList: true }} />
        <h1 class="nhsuk-heading-l">Decided texts</h1>
        <p>A decision can be changed to show less. What was taken out or deleted stays gone.</p>
        <Filter place={place} progress={progress.body.items} />
        {body.items.length === 0 ? (
          <p>Nothing that you asked for is decided yet.</p>
        ) : (
          <ul class="nhsuk-list fc-decided">
            {body.items.map((text, index) => (
              <Decided text={text} place={place} number={index + 1} />
            ))}
          </ul>
        )}
        <Pages visit={visit} next={body.next} />
      </>
    ),
  };
});

function Filter({ place, progress }: { place: Place; progress: Progress }) {
  const cycles = new Map(progress.map(({ cycle, cycleTitle }) => [cycle, cycleTitle]));
  return (
    <form method="get" action={DECIDED}>
      <Select
        label="Cycle"
        name="cycle"
        value={place.cycle ?? ''}
        items={[
          { text: 'Every cycle', value: '' },
          ...[...cycles].map(([value, text]) => ({ text, value })),
        ]}
      />
      <Select
        label="Texts"
        name="only"
        value={place.only ?? ''}
        items={[
          { text: 'All', value: '' },
          { text: 'In which somebody may be in danger', value: 'safeguarding' },
          { text: 'Others', value: 'others' },
        ]}
      />
      <Button variant="secondary">Show</Button>
    </form>
  );
}

function Decided({ text, place, number }: { text: Text; place: Place; number: number }) {
  const { decision } = text;
  if (decision === null) return null;
  const characters = [...text.text];
  const isLong = characters.length > BEGINNING;
  const words = isLong ? `${characters.slice(0, BEGINNING).join('')} …` : text.text;
  const written = <p class="fc-text">{words}</p>;
  return (
    <li>
      <p>
        <Tag colour={decision === 'keep_private' ? 'grey' : 'green'}>{decidedWords[decision]}</Tag>
      </p>
      {text.safeguarding ? (
        <Details summary="Show the text, which may be distressing">{written}</Details>
      ) : (
        written
      )}
      {stricterDecisions[decision].length > 0 && (
        <p>
          <a href={textHref(text.id, { ...place, isOfList: true })}>
            {isLong ? 'Read it whole or change this decision' : 'Change this decision'}
            <span class="nhsuk-u-visually-hidden"> of text {number} of this page</span>
          </a>
        </p>
      )}
    </li>
  );
}
