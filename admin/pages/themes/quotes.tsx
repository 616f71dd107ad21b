import { changeTheme } from '../../../api/themes/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { formPage, Redirect } from '../../page.tsx';
import { ChooseTexts, loadTextsOfTheme } from './choose-texts.tsx';
import { backTo, loadTheme, themeHref } from './load-theme.ts';
import type { Theme } from './theme-words.tsx';
import { BeforeReading } from './words-of-people.tsx';

const MAX_QUOTES = 20;

const idsOf = (theme: Theme) => theme.quotes.flatMap(({ id }) => id ?? []);

/** Which words of people stand with the theme where it is published: only of texts that may be quoted. */
export const quotes = formPage({
  path: '/console/themes/:themeId/quotes',
  roles: ['moderator'],
  labels: { quotes: 'Quotes' },
  async load(visit) {
    const [theme, { texts, hasMore }] = await Promise.all([
      loadTheme(visit),
      loadTextsOfTheme(visit),
    ]);
    const quotable = texts.filter(
      ({ decision }) => decision === 'publish' || decision === 'redact',
    );
    return { theme, texts: quotable, hasMore };
  },
  initial: ({ theme }) => Fields.of({ quotes: idsOf(theme), version: theme.version }),
  show: ({ loaded: { theme, texts, hasMore }, fields, errors }) => ({
    title: 'Which words should stand with the theme?',
    back: backTo(theme),
    body: (
      <>
        <BeforeReading />
        <h1 class="nhsuk-heading-l">Which words should stand with the theme?</h1>
        <p>
          The public reads them word for word. One whose writer takes it back is gone at once. Texts
          that are kept private are not offered.
        </p>
        {texts.length === 0 ? (
          <p>No text of this theme may be quoted.</p>
        ) : (
          <Form
            hidden={{
              version: errors.isStale ? theme.version : fields.raw('version'),
              // What is quoted and not offered here stays.
              kept: idsOf(theme)
                .filter((id) => !texts.some((text) => text.id === id))
                .join(' '),
            }}
          >
            <ChooseTexts
              legend="Quotes"
              hint={`Choose up to ${MAX_QUOTES}. None is fine too.`}
              name="quotes"
              texts={texts}
              hasMore={hasMore}
              fields={fields}
              errors={errors}
            />
            <Button preventDoubleClick>Save</Button>
          </Form>
        )}
      </>
    ),
  }),
  async save({ api, params }, fields) {
    const chosen = [...fields.text('kept').split(' ').filter(Boolean), ...fields.all('quotes')];
    if (chosen.length > MAX_QUOTES)
      return [{ field: 'quotes', text: `Select ${MAX_QUOTES} quotes or fewer` }];
    const themeId = params.themeId ?? '';
    await api.call(changeTheme, {
      params: { themeId },
      version: fields.wholeNumber('version') ?? 0,
      body: { quotes: chosen },
    });
    return new Redirect(`${themeHref(themeId)}?done=quotes`);
  },
});
