import type * as z from 'zod';
import type { Theme as ThemeShape } from '../../../api/themes/shapes.ts';
import type { Strength } from '../../../domain/vocabulary.ts';
import { Tag, type TagColour } from '../../components/Tag.tsx';
import { strengthWords } from '../../words.ts';

export type Theme = z.output<typeof ThemeShape>;

export type ThemeState = 'draft' | 'published' | 'changed' | 'merged';

/** Where a theme stands. Withdrawn ones are in no list, and whoever asks for one is told. */
export function stateOf({ mergedInto, publishedVersion, version }: Theme): ThemeState {
  if (mergedInto !== null) return 'merged';
  if (publishedVersion === null) return 'draft';
  return version > publishedVersion ? 'changed' : 'published';
}

export const stateWords: Readonly<Record<ThemeState, string>> = {
  draft: 'Draft',
  published: 'Published',
  changed: 'Published, changed since',
  merged: 'Merged',
};

const colours: Readonly<Record<ThemeState, TagColour>> = {
  draft: 'white',
  published: 'green',
  changed: 'yellow',
  merged: 'grey',
};

export function StateTag({ theme }: { theme: Theme }) {
  const state = stateOf(theme);
  return <Tag colour={colours[state]}>{stateWords[state]}</Tag>;
}

/** How many people surely said it, as the public reads it. */
export function bandWords(strength: Strength | null | undefined): string {
  return strength === null || strength === undefined
    ? 'Too few people to say how many'
    : strengthWords[strength];
}

/** Themes that can still be worked on. */
export function isWorking(theme: Theme): boolean {
  return theme.mergedInto === null;
}

/** Themes in which each of some words stands, in the title, whatever the case. */
export function withWords(themes: readonly Theme[], words: string): Theme[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return themes.filter(({ title }) => wanted.every((word) => title.toLowerCase().includes(word)));
}
