import { type Content, joined } from './parts.ts';

/** The colours a tag can have; blue is that of a tag without one. */
export type TagColour =
  | 'white'
  | 'grey'
  | 'green'
  | 'aqua-green'
  | 'blue'
  | 'purple'
  | 'pink'
  | 'red'
  | 'orange'
  | 'yellow';

/** The state something is in: an adjective in sentence case, never the colour alone. */
export function Tag({
  children,
  colour,
  border,
  classes,
}: {
  children: Content;
  /** `false`: no colour at all. */
  colour?: TagColour | false | undefined;
  border?: boolean | undefined;
  classes?: string | undefined;
}) {
  return (
    <strong
      class={joined(
        'nhsuk-tag',
        colour && `nhsuk-tag--${colour}`,
        colour === false && 'nhsuk-tag--no-colour',
        border === false && 'nhsuk-tag--no-border',
        classes,
      )}
    >
      {children}
    </strong>
  );
}
