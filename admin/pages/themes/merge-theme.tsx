import { Button } from '../../components/Button.tsx';
import { Input } from '../../components/Input.tsx';
import { Radios } from '../../components/Radios.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { formPage, Redirect } from '../../page.tsx';
import { backTo, loadTheme, themeHref } from './load-theme.ts';
import { readThemesOf } from './theme-list.tsx';
import { stateOf, stateWords, type Theme, withWords } from './theme-words.tsx';

/** Themes that another can go into: a published one only into what the public can read. */
function targetsOf(theme: Theme, themes: readonly Theme[]): Theme[] {
  return themes.filter(
    (other) =>
      other.id !== theme.id && (theme.publishedVersion === null || other.publishedVersion !== null),
  );
}

/** The choice of the theme that another goes into; it is confirmed on a page of its own. */
export const mergeThemePage = formPage({
  path: '/console/themes/:themeId/merge',
  roles: ['moderator'],
  async load(visit) {
    const theme = await loadTheme(visit);
    const { organisation, cycle } = theme;
    const { themes, hasMore } = await readThemesOf(visit, { organisation, cycle });
    return { theme, targets: targetsOf(theme, themes), hasMore };
  },
  initial: (_, { query }) => Fields.of({ words: query.get('words') }),
  show: ({ loaded: { theme, targets, hasMore }, fields, errors }) => {
    const found = withWords(targets, fields.raw('words'));
    return {
      title: 'Merge into which theme?',
      back: backTo(theme),
      body: (
        <>
          <h1 class="nhsuk-heading-l">Merge into which theme?</h1>
          <p>
            The texts of <strong>{theme.title}</strong> go to the theme that you choose.
            {theme.publishedVersion !== null &&
              ' It is published, so it can go only into another published theme.'}
          </p>
          {targets.length === 0 ? (
            <p>There is no other theme in this cycle that it could go into.</p>
          ) : (
            <Form>
              <div class="fc-filter">
                <Input
                  label="Words in the title"
                  name="words"
                  type="search"
                  value={fields.raw('words')}
                />
                <Button variant="secondary" small name="action" value="search">
                  Search
                </Button>
              </div>
              {hasMore && (
                <p>There are more than 100 themes in this cycle: only the first 100 are offered.</p>
              )}
              {found.length === 0 ? (
                <p>No theme has these words. Try fewer or other words.</p>
              ) : (
                <Radios
                  legend={{ text: 'Themes', size: 's' }}
                  name="into"
                  value={fields.raw('into')}
                  errorMessage={errors.of('into')}
                  items={found.map((target) => ({
                    value: target.id,
                    text: target.title,
                    hint: stateWords[stateOf(target)],
                  }))}
                />
              )}
              <Button>Continue</Button>
            </Form>
          )}
        </>
      ),
    };
  },
  async save({ params }, fields) {
    if (fields.raw('action') === 'search') return fields;
    const into = fields.text('into');
    if (into === '') return [{ field: 'into', text: 'Select the theme that it should go into' }];
    return new Redirect(themeHref(params.themeId ?? '', `merge-into/${encodeURIComponent(into)}`));
  },
});
