import type * as z from 'zod';
import type * as queries from '../../db/queries/themes.ts';
import { strengthOf } from '../../domain/theme.ts';
import { isoTime, isoTimeOrNull } from '../shapes.ts';
import type { Theme } from './shapes.ts';

type ThemeBody = z.input<typeof Theme>;

/** A theme as the public reads it. */
export function published({ theme, quotes }: queries.PublishedThemeRow): ThemeBody {
  return {
    ...common(theme),
    strength: theme.strength,
    quotes: quotes.map(({ question, text }) => ({ question, text })),
    publishedAt: isoTime(theme.firstPublishedAt),
    publishedVersion: theme.version,
    updatedAt: isoTime(theme.publishedAt),
  };
}

/** A theme as its organisation works on it. */
export function workingCopy(row: queries.WorkingThemeRow): ThemeBody {
  const { theme, quotes, textCount, people, threshold, firstPublishedAt } = row;
  return {
    ...common(theme),
    strength: row.publishedStrength,
    strengthIfPublished: threshold === null ? null : strengthOf(people, threshold),
    quotes,
    textCount,
    publishedVersion: theme.publishedVersion,
    publishedAt: isoTimeOrNull(firstPublishedAt),
    updatedAt: isoTime(theme.updatedAt),
  };
}

function common(theme: queries.PublishedThemeRow['theme'] | queries.ThemeRow) {
  return {
    id: theme.id,
    version: theme.version,
    organisation: theme.organisation,
    cycle: theme.cycleId,
    title: theme.title,
    description: theme.description,
    enquiryCategory: theme.enquiryCategory,
    vocabularyVersion: theme.vocabularyVersion,
    standards: theme.standards,
    splitFrom: theme.splitFrom,
    mergedInto: theme.mergedInto,
  };
}
