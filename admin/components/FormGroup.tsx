import { ErrorMessage } from './ErrorMessage.tsx';
import { Hint } from './Hint.tsx';
import { type Attributes, type Content, isShown, joined } from './parts.ts';

/** What a field says about itself beyond its label. */
export type FieldNotes = {
  hint?: Content;
  /** What is wrong and how to mend it, or nothing where nothing is wrong. */
  errorMessage?: string | undefined;
  /** Ids of other elements that describe the field. */
  describedBy?: string | undefined;
};

/** The value of `aria-describedby` for a field whose notes are shown by {@link FieldNotesOf}. */
export function describedByNotes(id: string, notes: FieldNotes): string | undefined {
  return joined(
    notes.describedBy,
    isShown(notes.hint) && `${id}-hint`,
    notes.errorMessage && `${id}-error`,
  );
}

/** The hint and the error of a field, in the order they are read. */
export function FieldNotesOf({ id, hint, errorMessage }: FieldNotes & { id: string }) {
  return (
    <>
      {isShown(hint) && <Hint id={`${id}-hint`}>{hint}</Hint>}
      {errorMessage && <ErrorMessage id={`${id}-error`}>{errorMessage}</ErrorMessage>}
    </>
  );
}

/** A field with its label, marked when something is wrong with it. */
export function FormGroup({
  children,
  hasError,
  classes,
  attributes,
}: {
  children?: Content;
  hasError?: boolean | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}) {
  return (
    <div
      class={joined('nhsuk-form-group', hasError && 'nhsuk-form-group--error', classes)}
      {...attributes}
    >
      {children}
    </div>
  );
}
