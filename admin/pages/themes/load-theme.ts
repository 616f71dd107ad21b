import { getTheme } from '../../../api/themes/contract.ts';
import { NotFound, type Visit } from '../../page.tsx';
import type { Theme } from './theme-words.tsx';

/**
 * The working copy of the theme of a page's path.
 *
 * @throws NotFound for one of another organisation, of which anybody reads only what is published
 */
export async function loadTheme(
  { api, params }: Visit,
  themeId = params.themeId ?? '',
): Promise<Theme> {
  const { body, version } = await api.call(getTheme, { params: { themeId } });
  if (version === null) throw new NotFound();
  return body;
}

export function themeHref(themeId: string, step?: string): string {
  const path = `/console/themes/${encodeURIComponent(themeId)}`;
  return step === undefined ? path : `${path}/${step}`;
}

/** The way back to a theme, from what is done with it. */
export function backTo(theme: Theme) {
  return { href: themeHref(theme.id), text: theme.title };
}
