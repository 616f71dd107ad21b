import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isValidPhoneNumber } from 'libphonenumber-js/max';
import { describe, expect, test } from 'vitest';
import british from '../../../domain/screening/formats/british-phone-numbers.json' with {
  type: 'json',
};
import { hardFormats } from './corpus/hard-formats.ts';
import { screened, share } from './support/screened.ts';

describe('what the libraries know, and why the rules know more', () => {
  test('the numbering plan is the installed library’s part for Great Britain', () => {
    const require = createRequire(import.meta.url);
    const all = JSON.parse(
      readFileSync(require.resolve('libphonenumber-js/metadata.max.json'), 'utf8'),
    );
    // After an update of the library: write this value to the file, and look at what changed.
    expect(british).toEqual({
      version: all.version,
      country_calling_codes: { 44: ['GB'] },
      countries: { GB: all.countries.GB },
    });
  });

  test('numbers in figures that libphonenumber calls invalid are cut all the same', () => {
    const inFigures = hardFormats.phone.filter(([, gone]) => /^[0-9 ()-]{10,}$/.test(gone));
    expect(inFigures.length).toBeGreaterThan(8);
    expect(share(inFigures, ([, gone]) => isValidPhoneNumber(gone, 'GB'))).toBeLessThan(0.5);
    for (const [sentence, gone] of inFigures) expect(screened(sentence).text).not.toContain(gone);
  });

  test('a number that is given out goes in any grouping, and one that is not stays in an odd one', () => {
    expect(screened('01 50 92 63 19 7 it says').text).toBe('[phone] it says');
    expect(screened('01 99 92 63 19 7 it says').text).toBe('01 99 92 63 19 7 it says');
  });

  test('a length that no British number has is no phone', () => {
    expect(screened('it says 0770 0900 1234 5 there').removed).toEqual([]);
    expect(screened('it is +44 7700 9001 now').removed).toEqual([]);
  });

  test('the check digit tells an NHS number from ten other figures, unless NHS stands by', () => {
    expect(screened('it says 943 476 5919').text).toBe('it says [nhs number]');
    expect(screened('it says 943 476 5918').removed).toEqual([]);
    expect(screened('NHS no 943 476 5918').text).toBe('NHS no [nhs number]');
  });

  test('a letter O among a postcode’s figures is repaired; an area that does not exist is none', () => {
    expect(screened('I live at NG7 ORD now').text).toBe('I live at [postcode] now');
    expect(screened('I live at QZ7 2RD now').removed).toEqual([]);
    expect(screened('B12 5mg and E1 9am').removed).toEqual([]);
  });
});
