import { type Content, joined } from './parts.ts';

/** What only some need to read; as an `expander`, in a frame of its own. */
export function Details({
  summary,
  children,
  open,
  expander,
  id,
  classes,
}: {
  summary: Content;
  children: Content;
  open?: boolean | undefined;
  expander?: boolean | undefined;
  id?: string | undefined;
  classes?: string | undefined;
}) {
  return (
    <details
      class={joined('nhsuk-details', expander && 'nhsuk-expander', classes)}
      id={id}
      open={open}
    >
      <summary class="nhsuk-details__summary">
        <span class="nhsuk-details__summary-text">{summary}</span>
      </summary>
      <div class="nhsuk-details__text">{children}</div>
    </details>
  );
}
