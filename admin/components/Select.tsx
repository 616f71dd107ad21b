import { describedByNotes, type FieldNotes, FieldNotesOf, FormGroup } from './FormGroup.tsx';
import { Label, type LabelOption } from './Label.tsx';
import { type Attributes, type Content, idOf, isShown, joined } from './parts.ts';

/** One of many short answers; radios are kinder where there are few. */
export type SelectProps = FieldNotes & {
  label: LabelOption;
  name: string;
  /** As of the name unless given. */
  id?: string | undefined;
  value?: string | undefined;
  items: readonly (
    | { text: string; value?: string | undefined; disabled?: boolean | undefined }
    | { divider: true }
    | false
    | undefined
  )[];
  disabled?: boolean | undefined;
  /** What stands directly behind the field, such as a button. */
  afterInput?: Content;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
};

/** See {@link SelectProps}. */
export function Select({
  label,
  name,
  id = idOf(name),
  value,
  items,
  disabled,
  afterInput,
  classes,
  attributes,
  ...notes
}: SelectProps) {
  const hasError = Boolean(notes.errorMessage);
  const element = (
    <select
      class={joined('nhsuk-select', hasError && 'nhsuk-select--error', classes)}
      id={id}
      name={name}
      disabled={disabled}
      aria-describedby={describedByNotes(id, notes)}
      {...attributes}
    >
      {items.map((item) => {
        if (!item) return null;
        if ('divider' in item) return <hr />;
        const selected = value !== undefined && (item.value ?? item.text) === value;
        return (
          <option value={item.value} selected={selected} disabled={item.disabled}>
            {item.text}
          </option>
        );
      })}
    </select>
  );
  return (
    <FormGroup hasError={hasError}>
      <Label label={label} field={id} />
      <FieldNotesOf id={id} {...notes} />
      {isShown(afterInput) ? (
        <div class="nhsuk-input-wrapper">
          {element}
          {afterInput}
        </div>
      ) : (
        element
      )}
    </FormGroup>
  );
}
