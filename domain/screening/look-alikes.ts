/**
 * Letters of other scripts that pass for Latin ones: a hand-picked part of Unicode's `confusables.txt` (UTS #39),
 * namely what a phone's keyboard or a "fancy text" site offers. Compatibility forms (fullwidth, circled,
 * mathematical) need no entry: NFKC folds them. Capitals come before folding to lower case, since Greek capital
 * eta looks like H and small eta like n.
 */
const pairs: readonly (readonly [from: string, to: string])[] = [
  // Cyrillic
  ['АВСЕНІЈКМОРЅТУХҮӀԚԜЬ', 'abcehijkmopstyxylqwb'],
  ['авсԁеһніјкморԛѕтуүѵԝхӏь', 'abcdehhijkmopqstyyvwxlb'],
  // Cyrillic letters that pass for figures
  ['Ззб', '336'],
  // Greek
  ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'abezhikmnoptyx'],
  ['αβγεηικνορτυχω', 'abyenikvoptuxw'],
  // Armenian, Latin variants and small capitals
  ['օոսհցıɑɡłøđɩʋ', 'onuhgiaglodiv'],
  ['ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ', 'abcdeghijklmnoprtuvwyz'],
  // Punctuation
  ['‘’‛ʼ′`´', "'''''''"],
  ['“”„″«»', '""""""'],
  ['‐‑‒–—―−', '-------'],
  ['。．〇', '..0'],
];

export const lookAlikes: ReadonlyMap<string, string> = new Map(
  pairs.flatMap(([from, to]) => {
    const letters = [...to];
    return [...from].map((letter, index): [string, string] => [letter, letters[index] ?? letter]);
  }),
);
