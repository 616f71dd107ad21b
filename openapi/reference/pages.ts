import { layout } from './layout.ts';
import { problemsPage } from './problems-page.ts';
import { startPage } from './start-page.ts';
import { tagPages } from './tag-page.ts';

/** The reference for people as files: `docs.html` is served at /docs, without a redirect, and `docs/cycles.html` at /docs/cycles. */
export function referencePages(): { file: string; text: string }[] {
  return [startPage(), ...tagPages(), problemsPage()].map((page) => ({
    file: `${page.path.slice(1)}.html`,
    text: layout(page).text,
  }));
}
