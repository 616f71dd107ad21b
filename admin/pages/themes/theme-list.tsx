import { listThemes } from '../../../api/themes/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Input } from '../../components/Input.tsx';
import { Select } from '../../components/Select.tsx';
import { Table } from '../../components/Table.tsx';
import { chooseCycle, hrefWith, type Place, placeOf } from '../../moderator-place.tsx';
import { page, type Visit } from '../../page.tsx';
import { Pages, pagingOf } from '../../paging.tsx';
import { type Category, readCategories, readCycleWords } from '../../remembered.ts';
import { countWords } from '../../words.ts';
import { bandWords, StateTag, type Theme, withWords } from './theme-words.tsx';

const doneMessages: Readonly<Record<string, string>> = {
  withdrawn: 'The theme is withdrawn. Whoever asks for it is told so.',
};

/** The API cannot look for words: as many as it tells at once are looked through here. */
const LOOKED_THROUGH = 100;
const SHOWN = 50;

export const themeList = page('/console/themes', ['moderator'], async (visit) => {
  const place = placeOf(visit);
  if (place === null)
    return chooseCycle(visit, {
      path: '/console/themes',
      title: 'Themes',
      lede: 'A theme says in plain words what many people said. Themes belong to a cycle and an organisation.',
    });
  const words = visit.query.get('words')?.trim() ?? '';
  const category = visit.query.get('category') ?? '';
  const { cursor, titleSuffix } = pagingOf(visit);
  const [{ body }, cycle, categories] = await Promise.all([
    visit.api.call(listThemes, {
      query: {
        ...place,
        cursor,
        limit: String(words === '' ? SHOWN : LOOKED_THROUGH),
        enquiryCategory: category || undefined,
      },
    }),
    readCycleWords(visit, place.cycle),
    readCategories(visit),
  ]);
  const found = withWords(body.items, words);
  const isNarrowed = words !== '' || category !== '';
  return {
    title: `Themes${titleSuffix}`,
    isWide: true,
    back: {
      href: hrefWith('/console/themes', { organisation: place.organisation }),
      text: 'Choose another cycle',
    },
    done: doneMessages[visit.query.get('done') ?? ''],
    body: (
      <>
        <h1 class="nhsuk-heading-l">
          <span class="nhsuk-caption-l">
            {cycle.title}, {place.organisation}
          </span>
          Themes
        </h1>
        <p>
          A theme says in plain words what many people said. The public reads how many as a band,
          never as a count.
        </p>
        <div class="fc-actions">
          <Button href={hrefWith('/console/themes/assign', { ...place })}>
            Put texts into themes
          </Button>
          <Button variant="secondary" href={hrefWith('/console/themes/new', { ...place })}>
            Write a theme
          </Button>
        </div>
        <Search place={place} words={words} category={category} categories={categories} />
        {words !== '' && body.next !== null && (
          <p>
            There are more themes than the {LOOKED_THROUGH} that were looked through. Go to the next
            page to look further.
          </p>
        )}
        {found.length === 0 ? (
          <p>
            {isNarrowed
              ? 'No theme here has these words. Try fewer or other words.'
              : 'There is no theme yet. Read some texts first, and write down what several people say.'}
          </p>
        ) : (
          <ThemeTable themes={found} categories={categories} />
        )}
        <Pages visit={visit} next={body.next} />
      </>
    ),
  };
});

function Search({
  place,
  words,
  category,
  categories,
}: {
  place: Place;
  words: string;
  category: string;
  categories: readonly Category[];
}) {
  return (
    <search>
      <form method="get" action="/console/themes" class="fc-filter">
        <input type="hidden" name="organisation" value={place.organisation} />
        <input type="hidden" name="cycle" value={place.cycle} />
        <Input label="Words in the title" name="words" type="search" value={words} />
        <Select
          label="What it is about"
          name="category"
          value={category}
          items={[
            { text: 'Anything', value: '' },
            ...categories.map(({ code, title }) => ({ text: title, value: code })),
          ]}
        />
        <Button variant="secondary" small>
          Search
        </Button>
      </form>
    </search>
  );
}

function ThemeTable({
  themes,
  categories,
}: {
  themes: readonly Theme[];
  categories: readonly Category[];
}) {
  const titleOf = new Map(categories.map(({ code, title }) => [code, title]));
  return (
    <Table
      caption={countWords(themes.length, 'theme')}
      responsive
      head={['Theme', 'About', 'State', 'Said by, as published', 'Texts']}
      rows={themes.map((theme) => [
        { content: <a href={`/console/themes/${theme.id}`}>{theme.title}</a> },
        titleOf.get(theme.enquiryCategory) ?? theme.enquiryCategory,
        { content: <StateTag theme={theme} /> },
        theme.publishedVersion === null ? 'Not published' : bandWords(theme.strength),
        String(theme.textCount ?? ''),
      ])}
    />
  );
}

/** Themes of a place that can still be worked on, up to what the API tells at once. */
export async function readThemesOf({ api }: Visit, place: Place) {
  const { body } = await api.call(listThemes, {
    query: { ...place, limit: String(LOOKED_THROUGH) },
  });
  return {
    themes: body.items.filter(({ mergedInto }) => mergedInto === null),
    hasMore: body.next !== null,
  };
}
