import { type Content, joined } from './parts.ts';

/** What helps to answer a field. Its id goes into the field's `aria-describedby`. */
export function Hint({
  children,
  id,
  classes,
  hidden,
}: {
  children?: Content;
  id?: string | undefined;
  classes?: string | undefined;
  hidden?: boolean | undefined;
}) {
  return (
    <div class={joined('nhsuk-hint', classes)} id={id} hidden={hidden}>
      {children}
    </div>
  );
}
