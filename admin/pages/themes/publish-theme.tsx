import { publishTheme } from '../../../api/themes/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { formPage, Redirect } from '../../page.tsx';
import { readCategories } from '../../remembered.ts';
import { countWords } from '../../words.ts';
import { backTo, loadTheme, themeHref } from './load-theme.ts';
import { bandWords, stateOf } from './theme-words.tsx';
import { BeforeReading } from './words-of-people.tsx';

/** What the public will read, before it does. */
export const publishThemePage = formPage({
  path: '/console/themes/:themeId/publish',
  roles: ['moderator'],
  async load(visit) {
    const [theme, categories] = await Promise.all([loadTheme(visit), readCategories(visit)]);
    return { theme, categories };
  },
  initial: ({ theme }) => Fields.of({ version: theme.version }),
  show: ({ loaded: { theme, categories }, fields, errors }) => {
    const state = stateOf(theme);
    const category = categories.find(({ code }) => code === theme.enquiryCategory);
    return {
      title: 'Check what the public will read',
      back: backTo(theme),
      body: (
        <>
          <BeforeReading />
          <h1 class="nhsuk-heading-l">Check what the public will read</h1>
          <Card heading={theme.title}>
            {theme.description !== null && <p class="fc-text">{theme.description}</p>}
            <p>
              <strong>{bandWords(theme.strengthIfPublished)}</strong>
              {theme.strengthIfPublished === null ? '' : ' said this'}
            </p>
            <p>About: {category?.title ?? theme.enquiryCategory}</p>
            {theme.quotes.map(({ text }) => (
              <blockquote class="fc-text">{text}</blockquote>
            ))}
          </Card>
          <p>
            How many said it is worked out from {countWords(theme.textCount ?? 0, 'text')}, as a
            band and never as a number, so that nobody can be told from it. It stays as it is until
            you publish again.
          </p>
          <p>
            Read it once more: could anybody tell who said it? Everything that is published is kept,
            and can be withdrawn but not made unread.
          </p>
          {state === 'draft' || state === 'changed' ? (
            <Form hidden={{ version: errors.isStale ? theme.version : fields.raw('version') }}>
              <Button preventDoubleClick>Publish</Button>
            </Form>
          ) : (
            <p>
              {state === 'merged'
                ? 'It was merged into another theme, and cannot be published any more.'
                : 'It is published as it is. There is nothing new to publish.'}
            </p>
          )}
        </>
      ),
    };
  },
  async save({ api, params }, fields) {
    const themeId = params.themeId ?? '';
    const version = fields.wholeNumber('version') ?? 0;
    await api.call(publishTheme, { params: { themeId }, version });
    return new Redirect(`${themeHref(themeId)}?done=published`);
  },
});
