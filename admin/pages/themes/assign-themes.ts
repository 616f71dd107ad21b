import { changeTextsOfTheme } from '../../../api/themes/contract.ts';
import { ApiProblem } from '../../api-client.ts';
import type { Fields } from '../../fields.ts';
import type { FormError } from '../../form-errors.ts';
import { placeOf } from '../../moderator-place.tsx';
import type { Visit } from '../../page.tsx';
import { listWords } from '../../words.ts';
import { readThemesOf } from './theme-list.tsx';

/** What to do with one theme of a text. */
export interface Change {
  themeId: string;
  kind: 'add' | 'remove';
}

/**
 * What was ticked and unticked since the form was shown: what others did with the text meanwhile stays.
 *
 * @param before ids of the themes that the text was in when the form was shown
 */
export function changesOf(before: readonly string[], ticked: readonly string[]): Change[] {
  return [
    ...ticked
      .filter((id) => !before.includes(id))
      .map((themeId) => ({ themeId, kind: 'add' as const })),
    ...before
      .filter((id) => !ticked.includes(id))
      .map((themeId) => ({ themeId, kind: 'remove' as const })),
  ];
}

/**
 * Puts the text of a page's path into the themes that were ticked, and takes it out of those that were unticked: a call for each
 * that changed, since each theme has its own version and its own entry in the audit trail.
 *
 * @returns what could not be saved, and what was; nothing where all was
 */
export async function assignText(visit: Visit, fields: Fields): Promise<readonly FormError[]> {
  const { textId = '' } = visit.params;
  const changes = changesOf(fields.text('before').split(' ').filter(Boolean), fields.all('themes'));
  const saved: Change[] = [];
  const refused: (Change & { why: string })[] = [];
  for (const change of changes) {
    try {
      await visit.api.call(changeTextsOfTheme, {
        params: { themeId: change.themeId },
        body: { [change.kind]: [textId] },
      });
      saved.push(change);
    } catch (error) {
      // Whoever is signed out is asked to sign in again; all else concerns one theme.
      if (!(error instanceof ApiProblem) || error.status === 401) throw error;
      refused.push({ ...change, why: error.errors[0]?.detail ?? error.message });
    }
  }
  return refused.length === 0 ? [] : tell(visit, saved, refused);
}

async function tell(
  visit: Visit,
  saved: readonly Change[],
  refused: readonly (Change & { why: string })[],
): Promise<FormError[]> {
  const place = placeOf(visit);
  const { themes } = place === null ? { themes: [] } : await readThemesOf(visit, place);
  const nameOf = (id: string) => {
    const title = themes.find((theme) => theme.id === id)?.title;
    return title === undefined ? 'a theme that is not offered any more' : `“${title}”`;
  };
  const errors = refused.map(({ themeId, kind, why }) => ({
    field: 'themes',
    text: `Not saved: ${kind === 'add' ? 'put into' : 'take out of'} ${nameOf(themeId)}. ${why}`,
  }));
  const done = saved.map(
    ({ themeId, kind }) => `${kind === 'add' ? 'put into' : 'taken out of'} ${nameOf(themeId)}`,
  );
  return done.length === 0
    ? errors
    : [...errors, { field: null, text: `Saved all the same: ${listWords(done)}.` }];
}
