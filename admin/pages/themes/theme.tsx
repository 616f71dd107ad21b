import { listModerationTexts } from '../../../api/moderation/contract.ts';
import { Button } from '../../components/Button.tsx';
import { InsetText } from '../../components/InsetText.tsx';
import { SummaryList } from '../../components/SummaryList.tsx';
import { hrefWith } from '../../moderator-place.tsx';
import { page } from '../../page.tsx';
import { Pages, pagingOf } from '../../paging.tsx';
import {
  type Category,
  type CycleWords,
  readCategories,
  readCycleWords,
} from '../../remembered.ts';
import { countWords, dayWords } from '../../words.ts';
import { loadTheme, themeHref } from './load-theme.ts';
import { bandWords, StateTag, stateOf, type Theme } from './theme-words.tsx';
import { TEXTS_A_PAGE, textHref } from './walk.ts';
import { BeforeReading, type Text, TextOfPerson } from './words-of-people.tsx';

const doneMessages: Readonly<Record<string, string>> = {
  created: 'The theme is saved as a draft.',
  'created-without-text':
    'The theme is saved as a draft. The text could not be put into it: it may not be there any more.',
  changed: 'The changes are saved.',
  quotes: 'The quotes are saved.',
  texts: 'The themes of the text are saved.',
  published: 'The theme is published.',
  merged: 'The theme is merged. Its texts belong to the other theme now.',
  split: 'The new theme is saved as a draft, with the texts that you chose.',
};

export const themePage = page('/console/themes/:themeId', ['moderator'], async (visit) => {
  const themeId = visit.params.themeId ?? '';
  const { cursor, titleSuffix } = pagingOf(visit);
  const [theme, texts] = await Promise.all([
    loadTheme(visit),
    visit.api.call(listModerationTexts, {
      query: { theme: themeId, state: 'decided', limit: String(TEXTS_A_PAGE), cursor },
    }),
  ]);
  const [cycle, categories] = await Promise.all([
    readCycleWords(visit, theme.cycle),
    readCategories(visit),
  ]);
  const place = { organisation: theme.organisation, cycle: theme.cycle };
  return {
    title: `${theme.title}${titleSuffix}`,
    back: { href: hrefWith('/console/themes', place), text: 'Themes' },
    done: doneMessages[visit.query.get('done') ?? ''],
    body: (
      <>
        <BeforeReading />
        <h1 class="nhsuk-heading-l">
          <span class="nhsuk-caption-l">
            {cycle.title}, {theme.organisation}
          </span>
          {theme.title}
        </h1>
        <Next theme={theme} />
        <About theme={theme} categories={categories} cycle={cycle} />
        <WhatToDo theme={theme} />
        <h2 class="nhsuk-heading-m">Texts of this theme</h2>
        <Texts theme={theme} texts={texts.body.items} />
        <Pages visit={visit} next={texts.body.next} />
      </>
    ),
  };
});

/** Where it stands, and the one thing that would come next. */
function Next({ theme }: { theme: Theme }) {
  const state = stateOf(theme);
  if (state === 'merged')
    return (
      <InsetText>
        <p>
          This theme was merged into another.{' '}
          <a href={themeHref(theme.mergedInto ?? '')}>Go to the theme it went into</a>
        </p>
      </InsetText>
    );
  if (state === 'published') return null;
  return (
    <>
      {state === 'changed' && (
        <p>The public still reads the version from before your last changes.</p>
      )}
      <Button href={themeHref(theme.id, 'publish')}>
        {state === 'draft' ? 'Publish this theme' : 'Publish the changes'}
      </Button>
    </>
  );
}

function About({
  theme,
  categories,
  cycle,
}: {
  theme: Theme;
  categories: readonly Category[];
  cycle: CycleWords;
}) {
  const edit = isOver(theme)
    ? []
    : [{ text: 'Change', visuallyHiddenText: 'the theme', href: themeHref(theme.id, 'edit') }];
  const category = categories.find(({ code }) => code === theme.enquiryCategory);
  const standards = theme.standards.map(
    (code) => cycle.standards.find((standard) => standard.code === code)?.title ?? code,
  );
  return (
    <SummaryList
      rows={[
        { key: 'State', value: <StateTag theme={theme} /> },
        {
          key: 'Said by, as published',
          value:
            theme.publishedVersion === null
              ? 'Not published'
              : `${bandWords(theme.strength)}, first published on ${dayWords(theme.publishedAt ?? theme.updatedAt)}`,
        },
        {
          key: 'Texts behind it',
          value: `${countWords(theme.textCount ?? 0, 'text')}. Only staff see this number.`,
        },
        { key: 'Title', value: theme.title, actions: edit },
        { key: 'Description', value: theme.description ?? 'None' },
        { key: 'About', value: category?.title ?? theme.enquiryCategory },
        { key: 'Standards', value: standards.length === 0 ? 'None' : standards.join(', ') },
        {
          key: 'Quotes',
          value:
            theme.quotes.length === 0 ? (
              'None'
            ) : (
              <ul class="nhsuk-list nhsuk-list--bullet">
                {theme.quotes.map(({ text }) => (
                  <li class="fc-text">{text}</li>
                ))}
              </ul>
            ),
          actions: isOver(theme)
            ? []
            : [
                {
                  text: 'Choose',
                  visuallyHiddenText: 'quotes',
                  href: themeHref(theme.id, 'quotes'),
                },
              ],
        },
        theme.splitFrom !== null && {
          key: 'Split from',
          value: <a href={themeHref(theme.splitFrom)}>Another theme</a>,
        },
      ]}
    />
  );
}

const isOver = (theme: Theme) => theme.mergedInto !== null;

function WhatToDo({ theme }: { theme: Theme }) {
  if (isOver(theme)) return null;
  const { organisation, cycle, id } = theme;
  return (
    <>
      <h2 class="nhsuk-heading-m">What you can do</h2>
      <ul>
        <li>
          <a href={hrefWith('/console/themes/assign', { organisation, cycle })}>
            Read texts, and put them into themes
          </a>
        </li>
        <li>
          <a href={themeHref(id, 'merge')}>Merge it into another theme</a>
        </li>
        {(theme.textCount ?? 0) > 0 && (
          <li>
            <a href={themeHref(id, 'split')}>Split a new theme off</a>
          </li>
        )}
        {theme.publishedVersion !== null && (
          <li>
            <a href={themeHref(id, 'withdraw')}>Withdraw it</a>
          </li>
        )}
      </ul>
    </>
  );
}

function Texts({ theme, texts }: { theme: Theme; texts: readonly Text[] }) {
  if (texts.length === 0)
    return (
      <p>
        {isOver(theme)
          ? 'Its texts belong to the theme it went into.'
          : 'No text is in this theme yet. Read texts, and tick this theme where people speak of it.'}
      </p>
    );
  const place = { organisation: theme.organisation, cycle: theme.cycle };
  const walk = { theme: theme.id, following: [], after: null, page: 1, hasKeys: false };
  return (
    <ol class="nhsuk-list fc-texts">
      {texts.map((text, index) => (
        <li>
          <TextOfPerson text={text} />
          <p>
            <a href={textHref(text.id, place, walk)}>
              Change its themes<span class="nhsuk-u-visually-hidden"> (text {index + 1})</span>
            </a>
          </p>
        </li>
      ))}
    </ol>
  );
}
