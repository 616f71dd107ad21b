import { getModerationProgress, listModerationTexts } from '../../../api/moderation/contract.ts';
import { noErrors } from '../../form-errors.ts';
import { page, type View, type Visit } from '../../page.tsx';
import { DecisionForm } from './decision-form.tsx';
import { initialFields } from './initial-fields.ts';
import { LastDecision } from './last-decision.tsx';
import { filterAt, hrefAt, type Place, placeOf, QUEUE } from './place.ts';
import { HowFar, TextShown } from './text-shown.tsx';

/** The next text that waits; those in which somebody may be in danger come first. Its form leads to the page of that very text. */
export const queue = page(QUEUE, ['moderator'], async (visit) => {
  const place = { ...placeOf(visit), isOfList: false };
  const { body } = await visit.api.call(listModerationTexts, {
    query: { ...filterAt(place), limit: '1' },
  });
  const [text] = body.items;
  if (text === undefined) return nothingWaits(visit, place);
  const progress = await visit.api.call(getModerationProgress, { query: { cycle: text.cycle } });
  return {
    title: 'Read and decide',
    back: { href: '/console/moderation', text: 'Moderation' },
    body: (
      <>
        <LastDecision visit={visit} place={place} />
        <HowFar progress={progress.body.items} />
        <TextShown text={text} isOpen={false} />
        <DecisionForm
          text={text}
          place={place}
          fields={initialFields(text)}
          errors={noErrors}
          next={body.next}
        />
      </>
    ),
  };
});

function nothingWaits(visit: Visit, place: Place): View {
  const isNarrow = [place.cycle, place.only, place.cursor].some((each) => each !== undefined);
  return {
    title: 'Nothing waits here',
    back: { href: '/console/moderation', text: 'Moderation' },
    body: (
      <>
        <LastDecision visit={visit} place={place} />
        <h1 class="nhsuk-heading-l">Nothing waits here</h1>
        <p>
          {isNarrow
            ? 'You have come to the end of what you chose to read. Thank you: that was hard work, and it lets people be heard.'
            : 'Every text is decided on. Thank you: that was hard work, and it lets people be heard.'}
        </p>
        {place.cursor !== undefined && (
          <p>
            <a href={hrefAt(QUEUE, { ...place, cursor: undefined })}>
              Look again at texts that were left for somebody else
            </a>
          </p>
        )}
        <p>New texts come in groups, not one by one. Look again tomorrow.</p>
      </>
    ),
  };
}
