import { getModerationText } from '../../../api/moderation/contract.ts';
import { changeTextsOfTheme, createTheme } from '../../../api/themes/contract.ts';
import { ApiProblem } from '../../api-client.ts';
import { Button } from '../../components/Button.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { hrefWith, placeOf } from '../../moderator-place.tsx';
import { formPage, NotFound, Redirect, type Visit } from '../../page.tsx';
import { readCategories, readCycleWords } from '../../remembered.ts';
import { themeHref } from './load-theme.ts';
import { readThemeFields, ThemeFields, themeLabels } from './theme-fields.tsx';
import { textHref, walkOf } from './walk.ts';
import { BeforeReading, TextOfPerson } from './words-of-people.tsx';

function requirePlace(visit: Visit) {
  const place = placeOf(visit);
  if (place === null) throw new NotFound();
  return place;
}

/** A new theme of a place; from a text, it is put into it, and one is where one was. */
export const newTheme = formPage({
  path: '/console/themes/new',
  roles: ['moderator'],
  labels: themeLabels,
  async load(visit) {
    const place = requirePlace(visit);
    const textId = visit.query.get('text');
    const [cycle, categories, text] = await Promise.all([
      readCycleWords(visit, place.cycle),
      readCategories(visit),
      textId
        ? visit.api.call(getModerationText, { params: { textId } }).then(({ body }) => body)
        : null,
    ]);
    return { place, cycle, categories, text };
  },
  initial: () => Fields.of({}),
  show: ({ visit, loaded: { place, cycle, categories, text }, fields, errors }) => ({
    title: 'Write a theme',
    back:
      text === null
        ? { href: hrefWith('/console/themes', { ...place }), text: 'Themes' }
        : { href: textHref(text.id, place, walkOf(visit.query)), text: 'The text' },
    body: (
      <>
        <BeforeReading isOpen />
        <h1 class="nhsuk-heading-l">
          <span class="nhsuk-caption-l">
            {cycle.title}, {place.organisation}
          </span>
          Write a theme
        </h1>
        {text === null ? (
          <p>It is a draft until you publish it. Only staff of {place.organisation} see drafts.</p>
        ) : (
          <>
            <p>The text goes into the theme, and you come back to it.</p>
            <TextOfPerson text={text} />
          </>
        )}
        <Form>
          <ThemeFields fields={fields} errors={errors} categories={categories} cycle={cycle} />
          <Button preventDoubleClick>Save as a draft</Button>
        </Form>
      </>
    ),
  }),
  async save(visit, fields) {
    const read = readThemeFields(fields);
    if ('errors' in read) return read.errors;
    const place = requirePlace(visit);
    const { body: theme } = await visit.api.call(createTheme, {
      body: { ...place, ...read.content },
    });
    const textId = visit.query.get('text');
    if (!textId) return new Redirect(`${themeHref(theme.id)}?done=created`);
    try {
      const params = { themeId: theme.id };
      await visit.api.call(changeTextsOfTheme, { params, body: { add: [textId] } });
    } catch (error) {
      // The theme is there by now: sending the form again would make another.
      if (!(error instanceof ApiProblem)) throw error;
      return new Redirect(`${themeHref(theme.id)}?done=created-without-text`);
    }
    return new Redirect(textHref(textId, place, walkOf(visit.query), { done: 'created' }));
  },
});
