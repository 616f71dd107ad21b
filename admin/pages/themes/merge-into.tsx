import { mergeTheme } from '../../../api/themes/contract.ts';
import { Button } from '../../components/Button.tsx';
import { SummaryList } from '../../components/SummaryList.tsx';
import { WarningCallout } from '../../components/WarningCallout.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { formPage, Redirect } from '../../page.tsx';
import { countWords } from '../../words.ts';
import { loadTheme, themeHref } from './load-theme.ts';

export const mergeInto = formPage({
  path: '/console/themes/:themeId/merge-into/:otherThemeId',
  roles: ['moderator'],
  async load(visit) {
    const [theme, target] = await Promise.all([
      loadTheme(visit),
      loadTheme(visit, visit.params.otherThemeId ?? ''),
    ]);
    return { theme, target };
  },
  initial: ({ theme }) => Fields.of({ version: theme.version }),
  show: ({ loaded: { theme, target }, fields, errors }) => ({
    title: 'Merge these themes?',
    back: { href: themeHref(theme.id, 'merge'), text: 'Choose another theme' },
    body: (
      <>
        <h1 class="nhsuk-heading-l">Merge these themes?</h1>
        <SummaryList
          rows={[
            {
              key: 'This theme ends',
              value: `${theme.title} (${countWords(theme.textCount ?? 0, 'text')})`,
            },
            {
              key: 'Its texts go to',
              value: `${target.title} (${countWords(target.textCount ?? 0, 'text')})`,
            },
          ]}
        />
        <WarningCallout heading="It cannot be undone" headingLevel={2}>
          <p>
            Texts that are in both themes are in the other one once. Links to this theme lead on to
            the other. You can split texts off again into a new theme, but this one does not come
            back.
          </p>
          {target.publishedVersion !== null && (
            <p>
              Publish the other theme again afterwards: only then does the public read how many say
              it now.
            </p>
          )}
        </WarningCallout>
        <Form hidden={{ version: errors.isStale ? theme.version : fields.raw('version') }}>
          <Button variant="warning" preventDoubleClick>
            Merge the themes
          </Button>
        </Form>
      </>
    ),
  }),
  async save({ api, params }, fields) {
    const { themeId = '', otherThemeId = '' } = params;
    await api.call(mergeTheme, {
      params: { themeId },
      version: fields.wholeNumber('version') ?? 0,
      body: { into: otherThemeId },
    });
    return new Redirect(`${themeHref(otherThemeId)}?done=merged`);
  },
});
