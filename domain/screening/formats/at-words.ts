/** "seen @home", "staff@reception": what follows an at sign that stands for the word "at". */
export const atWords: ReadonlySet<string> = new Set(
  'the home work school hospital night times this that a an all least first last my our your their his her it once gp nhs ward clinic reception weekends weekend day days lunch lunchtime present moment uni college group surgery'.split(
    ' ',
  ),
);
