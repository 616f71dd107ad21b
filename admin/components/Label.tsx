import { Caption } from './Caption.tsx';
import { type Content, type HeadingLevel, headingTag, joined, type Size } from './parts.ts';

/** The label of a field; with a `headingLevel` it is also the heading of the page or section. */
export type LabelOptions = {
  text: Content;
  size?: Size | undefined;
  headingLevel?: HeadingLevel | undefined;
  caption?: Content;
  id?: string | undefined;
  classes?: string | undefined;
};

/** A label as fields take it: its text, or its text and how it looks. */
export type LabelOption = string | LabelOptions;

/** The label of the field with the id `field`. */
export function Label({ label, field }: { label: LabelOption; field?: string | undefined }) {
  const { text, size, headingLevel, caption, id, classes } =
    typeof label === 'string' ? ({ text: label } as LabelOptions) : label;
  const captionSize = size === 's' ? undefined : size;
  const element = (
    <label
      class={joined('nhsuk-label', size && `nhsuk-label--${size}`, classes)}
      for={field}
      id={id}
    >
      {caption && <Caption size={captionSize}>{caption}</Caption>}
      {text}
    </label>
  );
  if (headingLevel === undefined) return element;
  const Heading = headingTag(headingLevel);
  return <Heading class="nhsuk-label-wrapper">{element}</Heading>;
}
