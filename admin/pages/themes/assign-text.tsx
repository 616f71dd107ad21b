import { getModerationText } from '../../../api/moderation/contract.ts';
import { ApiProblem } from '../../api-client.ts';
import { Fields } from '../../fields.ts';
import type { Place } from '../../moderator-place.tsx';
import { formPage, Redirect, type Visit } from '../../page.tsx';
import { AssignForm } from './assign-form.tsx';
import { assignText } from './assign-themes.ts';
import { readThemesOf } from './theme-list.tsx';
import { listHref, nextHref, type Walk, walkOf } from './walk.ts';
import { BeforeReading, TextOfPerson } from './words-of-people.tsx';

const doneWords: Readonly<Record<string, string>> = {
  saved: 'Saved. This is the next text.',
  created: 'The theme is saved as a draft, with this text in it.',
};

/** Null for a text that is not there any more: whoever wrote it may have taken it back meanwhile. */
async function loadText({ api, params }: Visit) {
  try {
    const { body } = await api.call(getModerationText, { params: { textId: params.textId ?? '' } });
    return body;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
}

/** The place of a text that is there; of one that is gone, what the address says. */
function placeIn({ query }: Visit): Place {
  return { organisation: query.get('organisation') ?? '', cycle: query.get('cycle') ?? '' };
}

/** One text, and the themes that it speaks of. */
export const assignTextPage = formPage({
  path: '/console/themes/texts/:textId',
  roles: ['moderator'],
  async load(visit) {
    const text = await loadText(visit);
    if (text === null) return { text, themes: [], hasMore: false };
    const { organisation, cycle } = text;
    return { text, ...(await readThemesOf(visit, { organisation, cycle })) };
  },
  initial: ({ text }, { query }) =>
    Fields.of({
      themes: text?.themes ?? [],
      words: query.get('words'),
      keys: query.get('keys') === 'on' ? 'on' : null,
    }),
  show: ({ visit, loaded: { text, themes, hasMore }, fields }) => {
    const walk = walkOf(visit.query);
    if (text === null) return gone(placeIn(visit), walk);
    const place = { organisation: text.organisation, cycle: text.cycle };
    const told = fields.has('action') ? undefined : doneWords[visit.query.get('done') ?? ''];
    return {
      title: 'Which themes does this text speak of?',
      back: { href: listHref(place, walk), text: walk.theme === null ? 'All texts' : 'The theme' },
      body: (
        <>
          <BeforeReading />
          {told && <p role="status">{told}</p>}
          <h1 class="nhsuk-heading-l">Which themes does this text speak of?</h1>
          <TextOfPerson text={text} />
          <AssignForm
            {...{ text, place, walk, fields }}
            themes={themes}
            hasMore={hasMore}
            shortcuts={fields.raw('keys') === 'on'}
          />
        </>
      ),
    };
  },
  async save(visit, fields) {
    if (fields.raw('action') === 'search') return fields;
    const place = placeIn(visit);
    const refusals = await assignText(visit, fields);
    if (refusals.length > 0) return refusals;
    const walk = { ...walkOf(visit.query), hasKeys: fields.raw('keys') === 'on' };
    return new Redirect(nextHref(place, walk));
  },
});

function gone(place: Place, walk: Walk) {
  return {
    title: 'This text is not there any more',
    status: 404,
    back: { href: listHref(place, walk), text: 'All texts' },
    body: (
      <>
        <h1 class="nhsuk-heading-l">This text is not there any more</h1>
        <p>Whoever wrote it may have taken it back, or a moderator deleted it.</p>
        <p>
          <a href={nextHref(place, walk)}>Go on</a>
        </p>
      </>
    ),
  };
}
