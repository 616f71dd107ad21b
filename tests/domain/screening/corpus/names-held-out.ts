/*
 * Names and sentences written after the rules and the list of ordinary words. One rule came after the first run with
 * them, since it showed what was missing: a capital on an ordinary word ("Comfort", "Song"). Leave rules and list alone
 * when one is missed here, and add to names.ts instead.
 */

const names = (list: string) => list.split(' ');

export const heldOutNames: Record<string, string[]> = {
  'White British': names(
    'Olivia Amelia Isla Freya Florence Phoebe Noah Arthur Oscar Archie Trevor Barry Maureen Pauline Janet Wendy Keith Brian Debbie Neil',
  ),
  'Black African': names(
    'Abena Akua Adjoa Yaw Kojo Femi Tunde Bola Bukola Ifeoma Obinna Uche Chioma Nneka Tariro Rudo Farai Tatenda Nyasha Comfort',
  ),
  'Black Caribbean': names(
    'Winsome Carlton Clive Glenroy Hyacinth Icilda Merlene Novlette Patsy Rohan Tamika Verna Usain Junior Delano Shantel Tevin Lorna Rupert Jevaughn',
  ),
  'South Asian': names(
    'Aarav Aditya Amit Asha Bhavna Chitra Divya Gita Hari Indira Jaya Kamal Lata Madhu Nitin Pooja Radha Sita Uma Vijay',
  ),
  Chinese: names(
    'An Bao Chen Dong Fei Hong Jin Kai Lin Min Ning Pei Qing Rui Song Tao Wen Xia Yi Zhi',
  ),
  'Arabic or Muslim': names(
    'Imran Bilal Sana Hina Rabia Abdul Bashir Dalia Faisal Ghada Iman Jamal Karim Leila Nadia Salma Umar Wafa Yara Zain',
  ),
  'Eastern European': names(
    'Kasia Marek Olga Pavel Rafal Stefan Tadeusz Urszula Wiktor Zofia Ilona Gheorghe Milan Jelena Bohdan Halyna Laima Petras Liga Zdenka',
  ),
  Irish: names(
    'Aidan Brendan Colm Dermot Eamon Finbar Kieran Nuala Rory Sorcha Una Eithne Cathal Dearbhla Fionnuala Lorcan Maire Ronan Saoirse Cillian',
  ),
};

export const heldOutCueSentences: string[] = [
  'The nurse on nights, {n}, was an angel.',
  'My psychologist {n} got me through.',
  'I was looked after by {n} all week.',
  'A volunteer named {n} made us laugh.',
  'Thanks again to {n} for the lift home.',
  'I had six sessions with {n} at the clinic.',
  'My wife {n} waited with me.',
  'Our son {n} loved the group.',
  'Please pass on my thanks to {n}.',
  'My carer is called {n}.',
  'I spoke with {n} twice.',
  'Well done {n}, you are great.',
  'The social worker, {n}, never wrote back.',
  '{n}, my therapist, went on leave.',
  'I was told off by the receptionist {n}.',
];

export const heldOutBareSentences: string[] = [
  'Then {n} came in and it all changed.',
  '{n} was the only one who cared.',
  'I trust {n} more than anyone.',
  'We all love {n}.',
  'On Mondays {n} runs the art group.',
  '{n} deserves a medal.',
  'It helped that {n} knew my past.',
  'Only {n} ever asked me.',
  'Please give {n} more hours.',
  '{n} explained my tablets to me.',
];
