import { settled } from '../../../domain/loop.ts';
import { type LoopStatus, loopStatuses } from '../../../domain/vocabulary.ts';
import { readDay } from '../../dates.ts';
import type { Fields } from '../../fields.ts';
import type { FormError } from '../../form-errors.ts';
import type { LoopRecord } from './own-record.ts';

/** The fields of what was done, and what they become in the API. */

export const DUE = 'weDid.dueOn';
export const COMPLETED = 'weDid.completedOn';
export const MILESTONES = 'weDid.milestones';
export const EVIDENCE = 'weDid.evidence';

/** Why something that was settled is not settled any more. */
export const REOPENED = 'reason.reopened';

/** Each answer that needs a reason has a field of its own for it, so that an old reason is not taken for a new one. */
export function reasonField(status: LoopStatus): string {
  return status === 'cannot_do' || status === 'no_longer_needed' ? `reason.${status}` : REOPENED;
}

export const labels: Readonly<Record<string, string>> = {
  'weDid.status': 'Where it stands',
  'reason.cannot_do': 'Because',
  'reason.no_longer_needed': 'Because',
  [REOPENED]: 'Why it is taken up again',
  'weDid.text': 'What you did, or will do',
  'weDid.owner': 'Who looks after it',
  [`${DUE}-day`]: 'By when it will be done',
  [`${COMPLETED}-day`]: 'When it was done',
  [`${MILESTONES}.*.on-day`]: 'Day of the step',
  [`${MILESTONES}.*.text`]: 'Step',
  [`${EVIDENCE}.*.title`]: 'Words of the link',
  [`${EVIDENCE}.*.href`]: 'Address of the link',
};

/** The field for a place in the body: rows that are left empty are not sent, and a date is three fields. */
export function fieldOf(place: string, fields: Fields): string {
  if (place === 'weDid.reason') return reasonField(fields.raw('weDid.status') as LoopStatus);
  if (place === DUE || place === COMPLETED) return `${place}-day`;
  const match = /^(weDid\.(?:milestones|evidence))\.(\d+)(?:\.(\w+))?/.exec(place);
  if (!match) return place;
  const [, prefix = '', sent = '', member = ''] = match;
  const row = filledRows(fields, prefix)[Number(sent)]?.row ?? Number(sent);
  return `${prefix}.${row}.${member === 'on' ? 'on-day' : member || 'text'}`;
}

/** The rows in which something is typed, with the number that each has on the page. */
function filledRows(fields: Fields, prefix: string): { item: Fields; row: number }[] {
  return fields
    .items(prefix)
    .map((item, row) => ({ item, row }))
    .filter(({ item }) => item.entries().some(([, value]) => value.trim() !== ''));
}

type WeDid = Omit<LoopRecord['weDid'], 'overdue'>;

/** What is to be saved, or what is to be mended before anything is asked of the API. */
export function readWeDid(fields: Fields): WeDid | { errors: FormError[] } {
  const errors: FormError[] = [];
  const day = (name: string, what: string) => {
    const read = readDay(fields, name);
    if (read !== 'wrong') return read;
    errors.push({ field: `${name}-day`, text: `Enter ${what} as a date, such as 1 3 2027` });
    return null;
  };
  const status = loopStatuses.find((each) => each === fields.raw('weDid.status'));
  if (status === undefined)
    return { errors: [{ field: 'weDid.status', text: 'Select where it stands' }] };
  const completedOn = status === 'done' ? day(COMPLETED, 'when it was done') : null;
  const reason = readReason(fields, status, errors);
  const text = fields.textOrNull('weDid.text');
  if (status === 'done' && text === null)
    errors.push({ field: 'weDid.text', text: 'Enter what has changed, now that it is done' });
  const weDid: WeDid = {
    status,
    text,
    reason,
    owner: fields.textOrNull('weDid.owner'),
    dueOn: day(DUE, 'by when it will be done'),
    completedOn,
    milestones: readMilestones(fields, day, errors),
    evidence: readEvidence(fields, errors),
  };
  return errors.length > 0 ? { errors } : weDid;
}

/** The reason for the answer that was chosen, where that answer has one. */
function readReason(fields: Fields, status: LoopStatus, errors: FormError[]): string | null {
  if (status === 'done') return null;
  const field = reasonField(status);
  const reason = fields.textOrNull(field);
  if (reason !== null) return reason;
  const isReopening = settled.includes(fields.raw('statusBefore') as LoopStatus);
  if (settled.includes(status)) errors.push({ field, text: 'Enter the reason, in plain words' });
  else if (isReopening) errors.push({ field, text: 'Enter why it is taken up again' });
  return null;
}

function readMilestones(
  fields: Fields,
  day: (name: string, what: string) => string | null,
  errors: FormError[],
) {
  return filledRows(fields, MILESTONES).map(({ item, row }) => {
    const before = errors.length;
    const on = day(`${MILESTONES}.${row}.on`, 'the day of the step');
    if (on === null && errors.length === before)
      errors.push({ field: `${MILESTONES}.${row}.on-day`, text: 'Enter the day of the step' });
    if (item.text('text') === '')
      errors.push({ field: `${MILESTONES}.${row}.text`, text: 'Enter what the step is' });
    return { on: on ?? '', text: item.text('text') };
  });
}

function readEvidence(fields: Fields, errors: FormError[]) {
  return filledRows(fields, EVIDENCE).map(({ item, row }) => {
    const [title, href] = [item.text('title'), item.text('href')];
    if (title === '')
      errors.push({ field: `${EVIDENCE}.${row}.title`, text: 'Enter the words of the link' });
    if (!href.startsWith('https://'))
      errors.push({
        field: `${EVIDENCE}.${row}.href`,
        text: 'Enter the address of the link: it begins with https://',
      });
    return { title, href };
  });
}
