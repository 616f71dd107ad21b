import { changeTheme } from '../../../api/themes/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { formPage, Redirect } from '../../page.tsx';
import { readCategories, readCycleWords } from '../../remembered.ts';
import { UrgentHelp } from '../../urgent-help.tsx';
import { backTo, loadTheme, themeHref } from './load-theme.ts';
import { fieldsOf, readThemeFields, ThemeFields, themeLabels } from './theme-fields.tsx';

export const editTheme = formPage({
  path: '/console/themes/:themeId/edit',
  roles: ['moderator'],
  labels: themeLabels,
  async load(visit) {
    const theme = await loadTheme(visit);
    const [cycle, categories] = await Promise.all([
      readCycleWords(visit, theme.cycle),
      readCategories(visit),
    ]);
    return { theme, cycle, categories };
  },
  initial: ({ theme }) => Fields.of({ ...fieldsOf(theme), version: theme.version }),
  show: ({ loaded: { theme, cycle, categories }, fields, errors }) => ({
    title: 'Change the theme',
    back: backTo(theme),
    body: (
      <>
        <UrgentHelp />
        <h1 class="nhsuk-heading-l">Change the theme</h1>
        {theme.publishedVersion !== null && (
          <p>The public reads what is published until you publish the changes.</p>
        )}
        <Form hidden={{ version: errors.isStale ? theme.version : fields.raw('version') }}>
          <ThemeFields fields={fields} errors={errors} categories={categories} cycle={cycle} />
          <Button preventDoubleClick>Save</Button>
        </Form>
      </>
    ),
  }),
  async save({ api, params }, fields) {
    const read = readThemeFields(fields);
    if ('errors' in read) return read.errors;
    const themeId = params.themeId ?? '';
    const version = fields.wholeNumber('version') ?? 0;
    await api.call(changeTheme, { params: { themeId }, version, body: read.content });
    return new Redirect(`${themeHref(themeId)}?done=changed`);
  },
});
