import { describedByNotes, type FieldNotes, FieldNotesOf, FormGroup } from './FormGroup.tsx';
import { Label, type LabelOption } from './Label.tsx';
import { type Attributes, type Content, idOf, joined } from './parts.ts';

/** A field for more than one line. */
export type TextareaProps = FieldNotes & {
  label: LabelOption;
  name: string;
  /** As of the name unless given. */
  id?: string | undefined;
  value?: string | undefined;
  rows?: number | undefined;
  autocomplete?: string | undefined;
  spellcheck?: boolean | undefined;
  disabled?: boolean | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
  /** What stands below the field, such as how much may be written. */
  afterInput?: Content;
  groupClasses?: string | undefined;
  groupAttributes?: Attributes | undefined;
};

/** See {@link TextareaProps}. */
export function Textarea({
  label,
  name,
  id = idOf(name),
  value,
  rows = 5,
  autocomplete,
  spellcheck,
  disabled,
  classes,
  attributes,
  afterInput,
  groupClasses,
  groupAttributes,
  ...notes
}: TextareaProps) {
  const hasError = Boolean(notes.errorMessage);
  return (
    <FormGroup hasError={hasError} classes={groupClasses} attributes={groupAttributes}>
      <Label label={label} field={id} />
      <FieldNotesOf id={id} {...notes} />
      <textarea
        class={joined('nhsuk-textarea', hasError && 'nhsuk-textarea--error', classes)}
        id={id}
        name={name}
        rows={rows}
        spellcheck={spellcheck}
        disabled={disabled}
        aria-describedby={describedByNotes(id, notes)}
        autocomplete={autocomplete}
        {...attributes}
      >
        {/* A parser drops one line break after the tag: this one, not the writer's own. */}
        {value?.startsWith('\n') ? `\n${value}` : value}
      </textarea>
      {afterInput}
    </FormGroup>
  );
}
