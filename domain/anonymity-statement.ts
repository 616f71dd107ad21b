/** What is said of one stored field: enough for a reader to judge whether it could point at somebody. */
export interface FieldStatement {
  /** What it is, in plain words. */
  meaning: string;
  /** How finely it is kept. */
  precision: string;
}

/** What a cycle promises about anonymity: the parts of its definition that the statement repeats. */
export interface StatedCycle {
  id: string;
  title: string;
  organisations: readonly string[];
  channels: readonly string[];
  threshold: number;
  roundTo: number;
}

export interface AnonymityStatement {
  cycleId: string;
  cycleTitle: string;
  organisations: string[];
  channels: string[];
  stored: { field: string; meaning: string; precision: string }[];
  neverStored: string[];
  readers: string[];
  publication: { threshold: number; roundTo: number; rule: string };
  retention: string;
  limits: string[];
}

/**
 * The statement of a cycle, from what is really stored. It says what holds today and claims nothing that the
 * service does not do yet; `limits` names what somebody who fears being recognised has to know.
 *
 * @param fields every column of the inbox, declared beside the schema so that none can be left out
 */
export function anonymityStatement(
  cycle: StatedCycle,
  fields: Readonly<Record<string, FieldStatement>>,
): AnonymityStatement {
  return {
    cycleId: cycle.id,
    cycleTitle: cycle.title,
    organisations: [...cycle.organisations],
    channels: [...cycle.channels],
    stored: Object.entries(fields).map(([field, { meaning, precision }]) => ({
      field,
      meaning,
      precision,
    })),
    neverStored: [
      'name, NHS number, date of birth, e-mail address or telephone number: none is ever asked for',
      'address of the device, kind of browser, cookies',
      'the date or time at which something was sent, and the order in which submissions came',
      'the sending system, its record numbers and its times',
    ],
    readers: [
      'while the cycle is open: nobody through this service',
      'the people who run the database, who can read what is stored but cannot see who sent it',
    ],
    publication: {
      threshold: cycle.threshold,
      roundTo: cycle.roundTo,
      rule: 'A group of fewer people than the threshold is never shown; counts are rounded. The threshold may be raised, never lowered.',
    },
    retention:
      'Until whoever runs the service deletes it: this version deletes no submission by itself.',
    limits: [
      'Words are stored as they were written: what you write can itself say who you are. Leave out names and places.',
      'The ratings and the words of one submission are kept together: who can read the database can read them side by side.',
      'Nobody can reply to what you send. If you need help now: NHS 111 option 2, 999, or Samaritans on 116 123.',
    ],
  };
}
