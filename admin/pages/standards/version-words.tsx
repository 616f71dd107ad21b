import type * as z from 'zod';
import type { StandardSetVersion } from '../../../api/standard-sets/contract.ts';
import { type StaffRole, staffRoles, type WordingStatus } from '../../../domain/vocabulary.ts';
import { Tag } from '../../components/Tag.tsx';
import { dayWords } from '../../words.ts';

/** Published standards are for everybody to read. */
export const everyRole: readonly StaffRole[] = staffRoles;

export type Version = z.output<typeof StandardSetVersion>;

/** Whether others can see a version yet. */
export function VersionState({ publishedAt }: { publishedAt: string | null }) {
  return publishedAt === null ? (
    <Tag colour="yellow">Draft</Tag>
  ) : (
    <Tag colour="green">Published</Tag>
  );
}

export function publishedWords(publishedAt: string | null): string {
  return publishedAt === null ? 'Not yet' : dayWords(publishedAt);
}

/** How far the wording is the source's own. */
export const wordingStatusWords: Readonly<Record<WordingStatus, string>> = {
  verbatim: 'Word for word as the source has it',
  'headings-only': 'The headings are the source’s; the statements are ours',
  'labels-only': 'The labels are the source’s; all else is ours',
  own: 'Written by those who look after it',
};

export const versionHref = (standardSetId: string, version: number | string) =>
  `/console/standards/${standardSetId}/versions/${version}`;
