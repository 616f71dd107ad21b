import { Fieldset, type LegendOption } from './Fieldset.tsx';
import { describedByNotes, type FieldNotes, FieldNotesOf, FormGroup } from './FormGroup.tsx';
import { Input } from './Input.tsx';
import { idOf } from './parts.ts';

const parts = ['day', 'month', 'year'] as const;

/** A part of a date that is asked for. */
export type DatePart = (typeof parts)[number];

/** A date that is known or looked up, in three fields named `<name>-day`, `<name>-month` and `<name>-year`. */
export type DateInputProps = FieldNotes & {
  legend: LegendOption;
  name: string;
  /** As of the name unless given. The fields' own ids are `<id>-day` and so on. */
  id?: string | undefined;
  /** What was typed, part by part. */
  values?: Readonly<Partial<Record<DatePart, string | undefined>>> | undefined;
  /** The parts that are wrong; all of them where there is an error and none is named. */
  errorParts?: readonly DatePart[] | undefined;
  /** The names of the fields, where they are not those above. */
  names?: Readonly<Record<DatePart, string>> | undefined;
  /** The parts that are asked for, in their order. */
  parts?: readonly DatePart[] | undefined;
  autocomplete?: Readonly<Partial<Record<DatePart, string>>> | undefined;
  disabled?: boolean | undefined;
};

const labels: Readonly<Record<DatePart, string>> = { day: 'Day', month: 'Month', year: 'Year' };

/** See {@link DateInputProps}. */
export function DateInput({
  legend,
  name,
  id = idOf(name),
  values = {},
  errorParts = [],
  names = { day: `${name}-day`, month: `${name}-month`, year: `${name}-year` },
  parts: asked = parts,
  autocomplete = {},
  disabled,
  ...notes
}: DateInputProps) {
  const isWrong = (part: DatePart) =>
    errorParts.length > 0 ? errorParts.includes(part) : Boolean(notes.errorMessage);
  return (
    <FormGroup hasError={Boolean(notes.errorMessage) || errorParts.length > 0}>
      <Fieldset legend={legend} role="group" describedBy={describedByNotes(id, notes)}>
        <FieldNotesOf id={id} {...notes} />
        <div class="nhsuk-date-input" id={id}>
          {asked.map((part) => (
            <div class="nhsuk-date-input__item">
              <Input
                label={{ text: labels[part], classes: 'nhsuk-date-input__label' }}
                id={`${id}-${part}`}
                name={names[part]}
                value={values[part]}
                width={part === 'year' ? 4 : 2}
                inputmode="numeric"
                autocomplete={autocomplete[part]}
                disabled={disabled}
                hasError={isWrong(part)}
                classes="nhsuk-date-input__input"
              />
            </div>
          ))}
        </div>
      </Fieldset>
    </FormGroup>
  );
}
