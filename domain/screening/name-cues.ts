/*
 * The words around a name. Nothing here is a list of names: who is found must not depend on where a name is from.
 */

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

export const titles = words(
  'dr doctor mr mrs ms miss mx prof professor sister matron nurse dame sir lady rev reverend imam rabbi',
);
/** Titles that no sentence has without a name behind them. */
export const pureTitles = words('mr mrs ms mx prof');
/** Short forms that may have a full stop without ending a sentence. */
export const abbreviations = words('dr mr mrs ms mx prof rev');

export const roles = words(
  'nurse doctor dr consultant psychiatrist psychologist therapist counsellor counselor keyworker worker coordinator co-ordinator cpn gp midwife carer manager receptionist reception physio physiotherapist ot pharmacist dietitian dietician podiatrist dentist practitioner tutor teacher facilitator trainer volunteer advocate student chaplain cleaner porter driver cook hca assistant matron sister technician clinician registrar surgeon paramedic officer mentor coach sonographer optician audiologist secretary administrator lead visitor prescriber',
);
export const relations = words(
  'son daughter wife husband partner mum mother mom mam dad father brother sister aunt auntie uncle nan nana gran granny grandma grandmother grandad granddad grandfather grandson granddaughter niece nephew cousin boyfriend girlfriend friend mate neighbour neighbor child baby boy girl lad colleague fiance fiancee stepson stepdaughter stepdad stepmum twin ex roommate housemate flatmate foster-son carer key-worker lady man gentleman guy bloke woman person',
);
export const owners = words('my our his her their your me');
export const fondWords = words('older younger eldest youngest little best late dear lovely');

/** What follows is a name, unless it is an ordinary word. Alternatives of a place in the phrase are parted by `|`. */
const phrasesWritten: readonly string[] = [
  'called|named|nicknamed|aka',
  'known as',
  'goes by',
  'by the name of',
  'name is|was',
  "name's|names|surname|forename",
  'first|last|full|real|maiden|named name|nurse',
  'thank|thanks|thankyou|thx|kudos|praise|credit|gratitude|shoutout|mention|regards|love to',
  'thank|thanks|thankyou|thx|hello|hi|dear|cheers',
  'thank you to',
  'thank you',
  'many thanks to',
  'shout out to',
  'hats off to',
  'well done to',
  'well done',
  'big up',
  'spoke|spoken|speaking|talk|talks|talked|talking|work|worked|working|chat|chats|chatted|chatting|met|meet|meeting|meetings|appointment|session|sessions|assessment to|with',
  'ask|asked|asking for',
  'been seeing|under',
  'seen|treated|assessed|supported|helped|visited|discharged|admitted|referred|guided|taught|bullied|ignored|abused|hit by',
  'looked|cared after|for by',
  'assigned|allocated|given',
  'staff|team member|members',
  'member of staff',
  'especially|particularly|namely',
  'signed',
];

type Phrase = readonly ReadonlySet<string>[];

/** The phrases by their first word, so that a word that begins none costs one look. */
export const phrases: ReadonlyMap<string, readonly Phrase[]> = (() => {
  const byFirst = new Map<string, Phrase[]>();
  for (const written of phrasesWritten) {
    const phrase = written
      .split(' ')
      .map((alternatives) => words(alternatives.replaceAll('|', ' ')));
    for (const first of phrase[0] ?? [])
      byFirst.set(first, [...(byFirst.get(first) ?? []), phrase]);
  }
  return byFirst;
})();

/** What people do, and things do not: "X listened", "X rang me". */
export const deeds = words(
  'helped helps listened listens explained explains rang rings phoned phones told tells said says gave gives made makes took takes came comes went goes visited visits supported supports understood understands saved shouted shouts ignored ignores laughed smiled smiles cared cares deserves did does never always left kept keeps treated treats showed shows let lets called calls sat spoke speaks encouraged encourages',
);
/** "X is a star", "X was so kind": what is said of people more than of things. */
export const being = words('is was has had');
export const praiseOrBlame = words(
  'a an my our so very really always brilliant amazing lovely kind great fantastic wonderful excellent fab ace rude nice caring helpful patient supportive friendly awful horrible superb incredible been there absolutely such also extremely the',
);

/** Small parts inside names of several origins. */
export const particles = words(
  'al el bin bint ibn abu abd de da di la le van von der den o mc mac ul ur st',
);

/** Ordinary words that people give a capital in the middle of a sentence: they name no person by it. */
export const oftenCapital = words(
  'mental health hospital hospitals ward wards service services care community crisis team teams unit centre center clinic trust department section act mental-health home house street road lane avenue park lodge view court hall school college university church city council north south east west nurse nurses doctor doctors psychiatrist psychologist psychology psychiatry therapist therapy physiotherapy physio occupational consultant manager coordinator co-ordinator worker support social key staff reception receptionist visitor visitors carer carers matron sister pharmacy podiatry dietitian inpatient outpatient outpatients adult adults children older people learning disability autism dementia depression anxiety bipolar schizophrenia diabetes covid monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january february march april may june july august september october november december feb mar apr aug sept oct nov dec christmas easter ramadan eid diwali english irish scottish welsh british african caribbean asian indian pakistani bangladeshi chinese polish romanian arabic muslim christian jewish hindu sikh urdu punjabi european american god sir madam zoom google facebook whatsapp instagram twitter youtube netflix microsoft skype xbox playstation wifi email internet samaritans childline mind shout alzheimer asperger parkinson crohn tourette huntington queen queens king clozapine sertraline citalopram fluoxetine mirtazapine olanzapine quetiapine lithium diazepam lorazepam aripiprazole risperidone methadone tea coffee friends family test form date name ill',
);
