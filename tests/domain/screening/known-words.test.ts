import { expect, test } from 'vitest';
import { isKnown } from '../../../domain/screening/known-words.ts';

test('a word of the list is known in every form that English gives it', () => {
  const forms =
    "help helps helped helping helpful helpfully unhelpful helpless helper stopped running happier happiest easily reassessed misunderstood overworked buses boxes diagnoses stories worried nurse's nurses' they're well-being kindness assessment assessments cancellation";
  expect(forms.split(' ').filter((word) => !isKnown(word))).toEqual([]);
});

test('an ending or a beginning makes no word of what is none', () => {
  const names = 'ahmed emily ines reza unai mohammed kelly wendy aled jing ing ed disha prerna';
  expect(names.split(' ').filter(isKnown)).toEqual([]);
});

test('a very long token is not taken apart', () => {
  expect(isKnown(`${'un'.repeat(30)}helpful`)).toBe(false);
});
