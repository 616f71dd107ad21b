import type * as z from 'zod';
import type { Priority as PriorityShape } from '../../../api/priorities/contract.ts';
import type { ParticipantBand } from '../../../domain/vocabulary.ts';
import { Tag } from '../../components/Tag.tsx';

export type Priority = z.output<typeof PriorityShape>;

export const bandOfPeopleWords: Readonly<Record<ParticipantBand, string>> = {
  one_to_four: '1 to 4 people',
  five_to_nine: '5 to 9 people',
  ten_to_nineteen: '10 to 19 people',
  twenty_or_more: '20 or more people',
};

/** Whether the public reads something else than the working copy says, or nothing. */
export function hasNews({ version, publishedVersion }: Priority): boolean {
  return publishedVersion === null || version > publishedVersion;
}

export function StateTag({ priority }: { priority: Priority }) {
  if (priority.publishedVersion === null) return <Tag colour="white">Draft</Tag>;
  return hasNews(priority) ? (
    <Tag colour="yellow">Published, changed since</Tag>
  ) : (
    <Tag colour="green">Published</Tag>
  );
}

export function priorityHref(id: string, step?: string): string {
  const path = `/console/priorities/${encodeURIComponent(id)}`;
  return step === undefined ? path : `${path}/${step}`;
}
