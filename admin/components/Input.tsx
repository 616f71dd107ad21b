import { describedByNotes, type FieldNotes, FieldNotesOf, FormGroup } from './FormGroup.tsx';
import { Label, type LabelOption } from './Label.tsx';
import { type Attributes, type Content, idOf, isShown, joined } from './parts.ts';

/** A field for one line. */
export type InputProps = FieldNotes & {
  label: LabelOption;
  name: string;
  /** As of the name unless given. */
  id?: string | undefined;
  value?: string | undefined;
  type?: 'text' | 'email' | 'tel' | 'url' | 'search' | 'password' | undefined;
  /** How wide the field looks, in characters: what the answer needs. */
  width?: 2 | 3 | 4 | 5 | 10 | 20 | 30 | undefined;
  inputmode?: 'numeric' | 'decimal' | 'email' | 'tel' | 'url' | 'search' | undefined;
  autocomplete?: string | undefined;
  autocapitalize?: 'none' | 'sentences' | 'words' | 'characters' | undefined;
  spellcheck?: boolean | undefined;
  pattern?: string | undefined;
  disabled?: boolean | undefined;
  prefix?: Content;
  suffix?: Content;
  /** For text that is read character by character, such as a reference. */
  code?: boolean | undefined;
  /** What stands directly behind the field, such as a button. */
  afterInput?: Content;
  /** Marks the field without a message of its own: where a group says what is wrong. */
  hasError?: boolean | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
};

function InputElement({
  id,
  name,
  value,
  type = 'text',
  width,
  inputmode,
  autocomplete,
  autocapitalize,
  spellcheck,
  pattern,
  disabled,
  code,
  hasError,
  classes,
  describedBy,
  attributes,
}: Omit<InputProps, 'label'> & { id: string }) {
  return (
    <input
      class={joined(
        'nhsuk-input',
        code && 'nhsuk-input--code',
        hasError && 'nhsuk-input--error',
        width && `nhsuk-input--width-${width}`,
        classes,
      )}
      id={id}
      name={name}
      type={type}
      spellcheck={spellcheck}
      value={value}
      disabled={disabled}
      aria-describedby={describedBy}
      autocomplete={autocomplete}
      autocapitalize={autocapitalize}
      pattern={pattern}
      inputmode={inputmode}
      {...attributes}
    />
  );
}

/** See {@link InputProps}. */
export function Input({
  label,
  hint,
  prefix,
  suffix,
  afterInput,
  errorMessage,
  ...field
}: InputProps) {
  const id = field.id ?? idOf(field.name);
  const hasError = field.hasError || Boolean(errorMessage);
  const describedBy = describedByNotes(id, { hint, errorMessage, describedBy: field.describedBy });
  const element = <InputElement {...field} id={id} hasError={hasError} describedBy={describedBy} />;
  return (
    <FormGroup hasError={hasError}>
      <Label label={label} field={id} />
      <FieldNotesOf id={id} hint={hint} errorMessage={errorMessage} />
      {isShown(prefix) || isShown(suffix) || isShown(afterInput) ? (
        <div class="nhsuk-input-wrapper">
          {isShown(prefix) && (
            <div class="nhsuk-input-wrapper__prefix" aria-hidden="true">
              {prefix}
            </div>
          )}
          {element}
          {isShown(suffix) && (
            <div class="nhsuk-input-wrapper__suffix" aria-hidden="true">
              {suffix}
            </div>
          )}
          {afterInput}
        </div>
      ) : (
        element
      )}
    </FormGroup>
  );
}
