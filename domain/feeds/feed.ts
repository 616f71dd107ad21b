import type { EnquiryCategory, LoopStatus } from '../vocabulary.ts';

/** A loop record as a feed tells of it. Moments are date-times such as `2026-11-22T09:30:00Z`, days `2026-11-22`. */
export interface FeedEntry {
  /** UUID of the record: what stays the same whatever becomes of it. */
  id: string;
  /** Where the record is read. */
  href: string;
  title: string;
  /** Name of the organisation that answers. */
  organisation: string;
  /** When it was first published. */
  published: string;
  /** When the version that is shown was published. */
  updated: string;
  said: string;
  status: LoopStatus;
  done: string | null;
  reason: string | null;
  dueOn: string | null;
  isOverdue: boolean;
  difference: string | null;
  enquiryCategory: EnquiryCategory | null;
}

/** A record that was withdrawn: readers take it off their lists. */
export interface Tombstone {
  id: string;
  when: string;
}

/** What both formats are made of. */
export interface Feed {
  title: string;
  /** Where this feed is read: the same for the same filter, and so the feed's id. */
  self: string;
  /** Where the same records are read as JSON. */
  alternate: string;
  /** The newest of what it tells. */
  updated: string;
  /** Newest first. */
  entries: readonly FeedEntry[];
  tombstones: readonly Tombstone[];
}

/** Where a promise stands, in plain words. */
export const statusWords: Readonly<Record<LoopStatus, string>> = {
  considering: 'We are thinking about it',
  planned: 'Planned',
  in_progress: 'We have started',
  done: 'Done',
  cannot_do: 'We cannot do this',
  no_longer_needed: 'No longer needed',
};

/** What people said, by a name that both formats give to a record. */
export function entryId(recordId: string): string {
  return `urn:uuid:${recordId}`;
}

/** The categories of an entry, each with what it is a category of. */
export function categoriesOf({ enquiryCategory, status }: FeedEntry): {
  term: string;
  kind: 'enquiry-category' | 'status';
  label: string;
}[] {
  const ofEnquiry =
    enquiryCategory === null
      ? []
      : ([
          {
            term: enquiryCategory,
            kind: 'enquiry-category',
            label: enquiryCategory.replaceAll('-', ' '),
          },
        ] as const);
  return [...ofEnquiry, { term: status, kind: 'status', label: statusWords[status] }];
}

/** An entry as HTML: paragraphs and strong words only, everything that somebody wrote escaped. */
export function contentOf(entry: FeedEntry): string {
  const { said, status, done, reason, dueOn, isOverdue, difference } = entry;
  const promise = dueOn === null ? '' : ` Due on ${dueOn}.${isOverdue ? ' This is overdue.' : ''}`;
  return [
    paragraph('You said', said),
    paragraph('Where it stands', `${statusWords[status]}.${promise}`),
    paragraph('What we do', done),
    paragraph('Why', reason),
    paragraph('What is different', difference),
  ].join('');
}

function paragraph(heading: string, text: string | null): string {
  if (text === null) return '';
  const lines = escapeMarkup(text).split(/\r\n|\r|\n/);
  return `<p><strong>${heading}:</strong> ${lines.join('<br>')}</p>`;
}

/** Text that markup of either kind takes as text, also within an attribute in double quotes. */
export function escapeMarkup(text: string): string {
  return storable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Characters that XML 1.0 cannot hold, not even as a reference (section 2.2, Char), are dropped; so is half a character. */
function storable(text: string): string {
  return text.replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '');
}
