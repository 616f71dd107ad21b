import { categoriesOf, contentOf, entryId, type Feed } from './feed.ts';

/**
 * A feed as JSON Feed 1.1 (jsonfeed.org). It knows no tombstones: they stand in an extension, which by its rules is an object
 * whose name begins with an underscore.
 *
 * @param about where the extension is explained
 */
export function toJsonFeed({ title, self, alternate, entries, tombstones }: Feed, about: string) {
  return {
    version: 'https://jsonfeed.org/version/1.1' as const,
    title,
    home_page_url: alternate,
    feed_url: self,
    language: 'en-GB' as const,
    items: entries.map((entry) => ({
      id: entryId(entry.id),
      url: entry.href,
      title: entry.title,
      content_html: contentOf(entry),
      date_published: entry.published,
      date_modified: entry.updated,
      authors: [{ name: entry.organisation }],
      tags: categoriesOf(entry).map(({ term }) => term),
    })),
    _tombstones: {
      about,
      items: tombstones.map(({ id, when }) => ({ id: entryId(id), when })),
    },
  };
}
