import { listModerationTexts } from '../../../api/moderation/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Tag } from '../../components/Tag.tsx';
import { chooseCycle, hrefWith, type Place, placeOf } from '../../moderator-place.tsx';
import { page } from '../../page.tsx';
import { Pages, pagingOf } from '../../paging.tsx';
import { readCycleWords } from '../../remembered.ts';
import { readThemesOf } from './theme-list.tsx';
import type { Theme } from './theme-words.tsx';
import { TEXTS_A_PAGE, textHref } from './walk.ts';
import { BeforeReading, type Text, TextOfPerson } from './words-of-people.tsx';

const doneMessages: Readonly<Record<string, string>> = {
  page: 'Saved. These are the next texts.',
  all: 'Saved. You have been through all texts.',
};

/** Texts that were decided on, a page at a time, each with the themes it is in. */
export const assign = page('/console/themes/assign', ['moderator'], async (visit) => {
  const place = placeOf(visit);
  if (place === null)
    return chooseCycle(visit, {
      path: '/console/themes/assign',
      title: 'Put texts into themes',
      lede: 'Read what people wrote, and tick the themes that they speak of.',
    });
  const { number, cursor, titleSuffix } = pagingOf(visit);
  const [{ body }, { themes }] = await Promise.all([
    visit.api.call(listModerationTexts, {
      query: { cycle: place.cycle, state: 'decided', limit: String(TEXTS_A_PAGE), cursor },
    }),
    readThemesOf(visit, place),
  ]);
  const cycle = await readCycleWords(visit, place.cycle);
  const hrefs = body.items.map(({ id }, index) =>
    textHref(id, place, {
      theme: null,
      following: body.items.slice(index + 1).map((text) => text.id),
      after: body.next,
      page: number,
      hasKeys: visit.query.get('keys') === 'on',
    }),
  );
  return {
    title: `Put texts into themes${titleSuffix}`,
    back: { href: hrefWith('/console/themes', { ...place }), text: 'Themes' },
    done: doneMessages[visit.query.get('done') ?? ''],
    body: (
      <>
        <BeforeReading />
        <h1 class="nhsuk-heading-l">
          <span class="nhsuk-caption-l">
            {cycle.title}, {place.organisation}
          </span>
          Put texts into themes
        </h1>
        {body.items.length === 0 ? (
          <NoTexts />
        ) : (
          <>
            <p>
              Go through the texts one after the other, or choose one. A text can be in several
              themes, or in none.
            </p>
            <Button href={hrefs[0] ?? ''}>Start with the first text</Button>
            <Texts texts={body.items} themes={themes} hrefs={hrefs} place={place} />
          </>
        )}
        <Pages visit={visit} next={body.next} />
      </>
    ),
  };
});

function NoTexts() {
  return (
    <p>
      No text of this cycle has been decided on yet. A text can go into a theme once a moderator has
      read it and decided. <a href="/console/moderation">Go to moderation</a>
    </p>
  );
}

function Texts({
  texts,
  themes,
  hrefs,
  place,
}: {
  texts: readonly Text[];
  themes: readonly Theme[];
  hrefs: readonly string[];
  place: Place;
}) {
  const titleOf = new Map(themes.map(({ id, title }) => [id, title]));
  return (
    <ol class="nhsuk-list fc-texts">
      {texts.map((text, index) => (
        <li>
          {text.organisation !== place.organisation && <p>About {text.organisation}</p>}
          <TextOfPerson text={text} isWhole={false} />
          {text.themes.length === 0 ? (
            <p>
              <Tag colour="white">In no theme</Tag>
            </p>
          ) : (
            <ul>
              {text.themes.map((id) => (
                <li>{titleOf.get(id) ?? 'Another theme'}</li>
              ))}
            </ul>
          )}
          <p>
            <a href={hrefs[index]}>
              Choose its themes<span class="nhsuk-u-visually-hidden"> (text {index + 1})</span>
            </a>
          </p>
        </li>
      ))}
    </ol>
  );
}
