import { splitTheme } from '../../../api/themes/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { formPage, Redirect } from '../../page.tsx';
import { readCategories, readCycleWords } from '../../remembered.ts';
import { ChooseTexts, loadTextsOfTheme } from './choose-texts.tsx';
import { backTo, loadTheme, themeHref } from './load-theme.ts';
import { readThemeFields, ThemeFields, themeLabels } from './theme-fields.tsx';
import { BeforeReading } from './words-of-people.tsx';

export const splitThemePage = formPage({
  path: '/console/themes/:themeId/split',
  roles: ['moderator'],
  labels: { texts: 'Texts', ...themeLabels },
  async load(visit) {
    const [theme, offered] = await Promise.all([loadTheme(visit), loadTextsOfTheme(visit)]);
    const [cycle, categories] = await Promise.all([
      readCycleWords(visit, theme.cycle),
      readCategories(visit),
    ]);
    return { theme, ...offered, cycle, categories };
  },
  initial: ({ theme: { enquiryCategory, standards } }) => Fields.of({ enquiryCategory, standards }),
  show: ({ loaded: { theme, texts, hasMore, cycle, categories }, fields, errors }) => ({
    title: 'Split a new theme off',
    back: backTo(theme),
    body: (
      <>
        <BeforeReading isOpen />
        <h1 class="nhsuk-heading-l">Split a new theme off</h1>
        <p>
          The texts that you choose go from <strong>{theme.title}</strong> to a new draft. The
          others stay.
        </p>
        {texts.length === 0 ? (
          <p>This theme has no texts, so there is nothing to split off.</p>
        ) : (
          <Form>
            <ChooseTexts
              legend="Texts that go to the new theme"
              hint="Choose those that say something of their own."
              name="texts"
              texts={texts}
              hasMore={hasMore}
              fields={fields}
              errors={errors}
            />
            <h2 class="nhsuk-heading-m">The new theme</h2>
            <ThemeFields fields={fields} errors={errors} categories={categories} cycle={cycle} />
            <Button preventDoubleClick>Split off</Button>
          </Form>
        )}
      </>
    ),
  }),
  async save({ api, params }, fields) {
    const texts = [...fields.all('texts')];
    const missing =
      texts.length === 0 ? [{ field: 'texts', text: 'Select at least one text' }] : [];
    const read = readThemeFields(fields);
    if ('errors' in read) return [...missing, ...read.errors];
    if (missing.length > 0) return missing;
    const { body } = await api.call(splitTheme, {
      params: { themeId: params.themeId ?? '' },
      body: { ...read.content, texts },
    });
    return new Redirect(`${themeHref(body.id)}?done=split`);
  },
});
