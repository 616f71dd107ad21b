/**
 * Where somebody in distress gets help at once, in England. Nobody can reply to what is sent here, so whoever
 * builds a form shows this first; it therefore comes with every cycle.
 */
export const urgentHelp = [
  { name: 'NHS 111', contact: 'Call 111 and choose option 2 for mental health.' },
  { name: 'Emergency', contact: 'Call 999.' },
  { name: 'Samaritans', contact: 'Call 116 123, free, day and night.' },
] as const;
