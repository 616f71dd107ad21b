import fc from 'fast-check';
import { placeholder, removedKinds } from '../../../../domain/screening/kinds.ts';
import { clean } from '../corpus/clean.ts';
import { hardFormats } from '../corpus/hard-formats.ts';
import { bareSentences, cueSentences, namesByOrigin } from '../corpus/names.ts';
import { placeSentences } from '../corpus/places.ts';
import { risky } from '../corpus/risk.ts';
import { disguises } from './disguises.ts';

const names = Object.values(namesByOrigin).flatMap(({ given }) => given);
/** Every sentence of the corpora. */
export const sentences = [
  ...Object.values(hardFormats).flatMap((entries) => entries.map(([sentence]) => sentence)),
  ...clean,
  ...risky,
  ...placeSentences.map(([sentence]) => sentence),
  ...[...cueSentences, ...bareSentences].map((sentence, at) =>
    sentence.replace('{n}', names[at % names.length] ?? ''),
  ),
];
const scraps = [
  ...sentences.flatMap((sentence) => sentence.split(' ')),
  ...removedKinds.map(placeholder),
  ...[
    '[',
    ']',
    '[phone',
    '@',
    '.',
    ' at ',
    'born ',
    'NHS ',
    'call ',
    '\n',
    ' ',
    '0',
    '7',
    '1/1/',
    '+44',
    '\u200b',
    '\u0301',
    '👩‍⚕️',
    '\ud83d',
    'ﷺ',
    '½',
    '\uFFFC',
  ],
];

/** Whole sentences, scraps of them glued together, and anything at all. */
export const texts = fc.oneof(
  fc.array(fc.constantFrom(...sentences), { maxLength: 5 }).map((parts) => parts.join(' ')),
  fc.array(fc.constantFrom(...scraps), { maxLength: 30 }).map((parts) => parts.join('')),
  fc
    .array(fc.tuple(fc.constantFrom(...scraps), fc.constantFrom('', ' ', ', ', '.\n')), {
      maxLength: 30,
    })
    .map((parts) => parts.flat().join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
  // What every JavaScript object has, and a table of words must not take for its own.
  fc
    .array(fc.constantFrom('constructor', '__proto__', 'valueof', 'hasownproperty', 'double', '7'))
    .map((words) => words.join(' ')),
  fc.string({ unit: fc.constantFrom(...'0123456789 .-/()+@aeosn\u200b'), maxLength: 120 }),
);

/** Hard formats between scraps of other text, in every disguise: the digits spelt out, look-alikes, accents. */
export const disguisedFormats = fc
  .tuple(
    fc.constantFrom(...scraps, ''),
    fc.constantFrom(
      ...Object.values(hardFormats).flatMap((entries) => entries.map(([, gone]) => gone)),
    ),
    fc.constantFrom(...Object.values(disguises)),
    fc.constantFrom('', ' ', '.', ', '),
    fc.constantFrom(...scraps, ''),
  )
  .map(
    ([before, format, disguise, gap, after]) => `${before}${gap}${disguise(format)}${gap}${after}`,
  );
