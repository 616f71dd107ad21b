import {
  categoriesOf,
  contentOf,
  entryId,
  escapeMarkup,
  type Feed,
  type FeedEntry,
  type Tombstone,
} from './feed.ts';

/** Who publishes where no organisation does. */
const PUBLISHER = 'Full Circle';

/** A feed as Atom (RFC 4287), with a tombstone for each record that was withdrawn (RFC 6721). */
export function toAtom(feed: Feed): string {
  const { title, self, alternate, updated, entries, tombstones } = feed;
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0" xml:lang="en-GB">',
    `<id>${escapeMarkup(self)}</id>`,
    `<title>${escapeMarkup(title)}</title>`,
    `<updated>${updated}</updated>`,
    // Needed where there is no entry whose author could stand for it (RFC 4287, 4.1.1).
    `<author><name>${PUBLISHER}</name></author>`,
    `<link rel="self" type="application/atom+xml" href="${escapeMarkup(self)}"/>`,
    `<link rel="alternate" type="application/json" href="${escapeMarkup(alternate)}"/>`,
    ...entries.map((entry) => atomEntry(entry, feed)),
    ...tombstones.map(atomTombstone),
    '</feed>',
    '',
  ].join('\n');
}

function atomEntry(entry: FeedEntry, { alternate }: Feed): string {
  const categories = categoriesOf(entry).map(
    ({ term, kind, label }) =>
      `<category term="${term}" scheme="${escapeMarkup(schemeOf(alternate, kind))}" label="${escapeMarkup(label)}"/>`,
  );
  return [
    '<entry>',
    `<id>${entryId(entry.id)}</id>`,
    `<title>${escapeMarkup(entry.title)}</title>`,
    `<published>${entry.published}</published>`,
    `<updated>${entry.updated}</updated>`,
    `<author><name>${escapeMarkup(entry.organisation)}</name></author>`,
    `<link rel="alternate" type="application/json" href="${escapeMarkup(entry.href)}"/>`,
    ...categories,
    `<content type="html">${escapeMarkup(contentOf(entry))}</content>`,
    '</entry>',
  ].join('\n');
}

/** Where the words of a category are told: the list of loop records, whatever it is narrowed to. */
function schemeOf(alternate: string, kind: string): string {
  return `${alternate.replace(/\?.*$/, '')}#${kind}`;
}

function atomTombstone({ id, when }: Tombstone): string {
  return `<at:deleted-entry ref="${entryId(id)}" when="${when}"/>`;
}
