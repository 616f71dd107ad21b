import { Button } from '../../components/Button.tsx';
import { DateInput } from '../../components/DateInput.tsx';
import { Fieldset } from '../../components/Fieldset.tsx';
import { Input } from '../../components/Input.tsx';
import { idOf } from '../../components/parts.ts';
import { dayFields, dayValues } from '../../dates.ts';
import type { Fields } from '../../fields.ts';
import type { FormErrors } from '../../form-errors.ts';
import type { LoopRecord } from './own-record.ts';
import { EVIDENCE, MILESTONES } from './we-did-fields.ts';

/** Steps on the way and links, a row each; rows come and go by buttons that need no script. */

type WeDid = LoopRecord['weDid'];

const members: Readonly<Record<string, readonly string[]>> = {
  [MILESTONES]: ['text', 'on-day', 'on-month', 'on-year'],
  [EVIDENCE]: ['title', 'href'],
};

export function milestoneFields(milestones: WeDid['milestones']): Record<string, string> {
  return Object.assign(
    {},
    ...milestones.map(({ on, text }, row) => ({
      [`${MILESTONES}.${row}.text`]: text,
      ...dayFields(`${MILESTONES}.${row}.on`, on),
    })),
  );
}

export function evidenceFields(evidence: WeDid['evidence']): Record<string, string> {
  return Object.assign(
    {},
    ...evidence.map(({ title, href }, row) => ({
      [`${EVIDENCE}.${row}.title`]: title,
      [`${EVIDENCE}.${row}.href`]: href,
    })),
  );
}

/** What the form is shown with after a button for rows was pressed; null where none was. */
export function withRowChanged(fields: Fields): Fields | null {
  const added = fields.raw('add');
  if (members[added] !== undefined) return fields.withItem(added, members[added]);
  const match = /^(.+)\.(\d{1,3})$/.exec(fields.raw('remove'));
  if (!match) return null;
  return fields.withoutItem(match[1] ?? '', Number(match[2]));
}

/** Leads back to where the rows are, after the page was loaded anew. */
const toRows = (prefix: string) => ({ formaction: `#${idOf(prefix)}` });

function RowButtons({ prefix, row, of }: { prefix: string; row: number; of: string }) {
  return (
    <Button
      variant="secondary"
      small
      name="remove"
      value={`${prefix}.${row}`}
      attributes={toRows(prefix)}
    >
      Remove
      <span class="nhsuk-u-visually-hidden">
        {' '}
        {of} {row + 1}
      </span>
    </Button>
  );
}

function AddButton({ prefix, children }: { prefix: string; children: string }) {
  return (
    <div>
      <Button variant="secondary" small name="add" value={prefix} attributes={toRows(prefix)}>
        {children}
      </Button>
    </div>
  );
}

export function MilestoneRows({ fields, errors }: { fields: Fields; errors: FormErrors }) {
  const rows = fields.items(MILESTONES);
  return (
    <Fieldset legend={{ text: 'Steps on the way (optional)', size: 's' }} id={idOf(MILESTONES)}>
      {rows.map((item, row) => {
        const name = `${MILESTONES}.${row}`;
        return (
          <>
            <Input
              label={`Step ${row + 1}`}
              name={`${name}.text`}
              value={item.raw('text')}
              errorMessage={errors.of(`${name}.text`)}
            />
            <DateInput
              legend={`Day of step ${row + 1}`}
              name={`${name}.on`}
              values={dayValues(fields, `${name}.on`)}
              errorMessage={errors.of(`${name}.on-day`)}
            />
            <RowButtons prefix={MILESTONES} row={row} of="step" />
          </>
        );
      })}
      <AddButton prefix={MILESTONES}>
        {rows.length === 0 ? 'Add a step' : 'Add another step'}
      </AddButton>
    </Fieldset>
  );
}

export function EvidenceRows({ fields, errors }: { fields: Fields; errors: FormErrors }) {
  const rows = fields.items(EVIDENCE);
  return (
    <Fieldset
      legend={{ text: 'Where the change can be seen (optional)', size: 's' }}
      id={idOf(EVIDENCE)}
    >
      {rows.map((item, row) => {
        const name = `${EVIDENCE}.${row}`;
        return (
          <>
            <Input
              label={`Words of link ${row + 1}`}
              name={`${name}.title`}
              value={item.raw('title')}
              errorMessage={errors.of(`${name}.title`)}
            />
            <Input
              label={`Address of link ${row + 1}`}
              hint="Begins with https://"
              name={`${name}.href`}
              type="url"
              value={item.raw('href')}
              errorMessage={errors.of(`${name}.href`)}
            />
            <RowButtons prefix={EVIDENCE} row={row} of="link" />
          </>
        );
      })}
      <AddButton prefix={EVIDENCE}>
        {rows.length === 0 ? 'Add a link' : 'Add another link'}
      </AddButton>
    </Fieldset>
  );
}
