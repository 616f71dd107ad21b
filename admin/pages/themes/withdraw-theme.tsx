import { withdrawTheme } from '../../../api/themes/contract.ts';
import { Button } from '../../components/Button.tsx';
import { WarningCallout } from '../../components/WarningCallout.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { hrefWith } from '../../moderator-place.tsx';
import { formPage, Redirect } from '../../page.tsx';
import { backTo, loadTheme } from './load-theme.ts';

export const withdrawThemePage = formPage({
  path: '/console/themes/:themeId/withdraw',
  roles: ['moderator'],
  load: loadTheme,
  initial: ({ version, organisation, cycle }) => Fields.of({ version, organisation, cycle }),
  show: ({ loaded: theme, fields, errors }) => ({
    title: 'Withdraw this theme?',
    back: backTo(theme),
    body: (
      <>
        <h1 class="nhsuk-heading-l">Withdraw this theme?</h1>
        <p class="nhsuk-lede-text">{theme.title}</p>
        {theme.publishedVersion === null ? (
          <p>It is not published, so there is nothing to withdraw.</p>
        ) : (
          <>
            <WarningCallout heading="It cannot come back" headingLevel={2}>
              <p>
                Whoever asks for it from now on is told that it was withdrawn. It cannot be changed
                or published again, also not by you. Its texts stay, and can go into other themes.
              </p>
              <p>
                If the same is said in better words elsewhere, merge it into that theme instead:
                links to it then lead on.
              </p>
            </WarningCallout>
            <Form
              hidden={{
                version: errors.isStale ? theme.version : fields.raw('version'),
                organisation: theme.organisation,
                cycle: theme.cycle,
              }}
            >
              <Button variant="warning" preventDoubleClick>
                Withdraw the theme
              </Button>
            </Form>
          </>
        )}
      </>
    ),
  }),
  async save({ api, params }, fields) {
    await api.call(withdrawTheme, {
      params: { themeId: params.themeId ?? '' },
      version: fields.wholeNumber('version') ?? 0,
    });
    const place = { organisation: fields.text('organisation'), cycle: fields.text('cycle') };
    return new Redirect(hrefWith('/console/themes', { ...place, done: 'withdrawn' }));
  },
});
