import { Caption } from './Caption.tsx';
import { type Content, type HeadingLevel, headingTag, joined, type Size } from './parts.ts';

/** The legend of a group of fields; with a `headingLevel` it is also the heading of the page. */
export type LegendOptions = {
  text: Content;
  size?: Size | undefined;
  headingLevel?: HeadingLevel | undefined;
  caption?: Content;
  id?: string | undefined;
  classes?: string | undefined;
};

/** A legend as groups of fields take it: its text, or its text and how it looks. */
export type LegendOption = string | LegendOptions;

/** The question that the fields of a group answer together. */
export function Legend({ legend }: { legend: LegendOption }) {
  const { text, size, headingLevel, caption, id, classes } =
    typeof legend === 'string' ? ({ text: legend } as LegendOptions) : legend;
  const content = (
    <>
      {caption && <Caption size={size === 's' ? undefined : size}>{caption}</Caption>}
      {text}
    </>
  );
  const Heading = headingLevel && headingTag(headingLevel);
  return (
    <legend
      class={joined('nhsuk-fieldset__legend', size && `nhsuk-fieldset__legend--${size}`, classes)}
      id={id}
    >
      {Heading ? <Heading class="nhsuk-fieldset__heading">{content}</Heading> : content}
    </legend>
  );
}

/** Fields that belong together, under one legend. */
export function Fieldset({
  legend,
  children,
  id,
  role,
  describedBy,
  classes,
}: {
  legend?: LegendOption | undefined;
  children?: Content;
  id?: string | undefined;
  /** `group` where a screen reader would otherwise not tell the description of a group of text fields. */
  role?: 'group' | undefined;
  describedBy?: string | undefined;
  classes?: string | undefined;
}) {
  return (
    <fieldset
      class={joined('nhsuk-fieldset', classes)}
      id={id}
      role={role}
      aria-describedby={describedBy}
    >
      {legend && <Legend legend={legend} />}
      {children}
    </fieldset>
  );
}
