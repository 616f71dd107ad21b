import { CardAction, type CardActionProps } from './CardAction.tsx';
import { Icon } from './Icon.tsx';
import { type Content, type HeadingLevel, headingTag, joined, type Size } from './parts.ts';

/** Something with a heading of its own, one of several. */
export type CardProps = {
  heading?: Content;
  headingLevel?: HeadingLevel | undefined;
  headingSize?: 'xxs' | 'xs' | Size | undefined;
  headingClasses?: string | undefined;
  headingId?: string | undefined;
  /** Read before the heading, such as "Important". */
  headingVisuallyHiddenText?: string | undefined;
  /** Where the heading leads. */
  href?: string | undefined;
  /** Makes the whole card a target for the mouse; the heading stays the link. */
  clickable?: boolean | undefined;
  variant?: 'feature' | 'primary' | 'secondary' | 'warning' | undefined;
  actions?: readonly CardActionProps[] | undefined;
  description?: string | undefined;
  children?: Content;
  id?: string | undefined;
  classes?: string | undefined;
};

function CardHeading({
  heading,
  headingLevel = 2,
  headingSize,
  headingClasses,
  headingId,
  headingVisuallyHiddenText,
  href,
  variant,
}: CardProps) {
  if (!heading) return null;
  const Heading = headingTag(headingLevel);
  let content = heading;
  if (href && variant !== 'feature') {
    content = (
      <a class="nhsuk-card__link" href={href}>
        {heading}
      </a>
    );
  } else if (headingVisuallyHiddenText) {
    content = (
      // biome-ignore lint/a11y/useValidAriaRole: as the package has it, to be read in one go
      <span role="text">
        <span class="nhsuk-u-visually-hidden">{headingVisuallyHiddenText}: </span>
        {heading}
      </span>
    );
  }
  return (
    <Heading
      class={joined(
        'nhsuk-card__heading',
        headingSize && `nhsuk-heading-${headingSize}`,
        headingClasses,
      )}
      id={headingId}
    >
      {content}
    </Heading>
  );
}

function CardActions({ heading, actions = [] }: Pick<CardProps, 'heading' | 'actions'>) {
  const [first, second] = actions;
  if (!first) return null;
  if (!second) {
    return (
      <div class="nhsuk-card__actions">
        <CardAction {...first} of={heading} />
      </div>
    );
  }
  return (
    <ul class="nhsuk-card__actions">
      {actions.map((action) => (
        <li class="nhsuk-card__action">
          <CardAction {...action} of={heading} />
        </li>
      ))}
    </ul>
  );
}

/** See {@link CardProps}. */
export function Card(props: CardProps) {
  const { actions = [], clickable, variant, description, children, id, classes } = props;
  const heading = <CardHeading {...props} />;
  return (
    <div
      class={joined(
        'nhsuk-card',
        clickable && 'nhsuk-card--clickable',
        variant && `nhsuk-card--${variant}`,
        classes,
      )}
      id={id}
    >
      {actions.length > 0 && (
        <div class="nhsuk-card__heading-container">
          {heading}
          <CardActions heading={props.heading} actions={actions} />
        </div>
      )}
      <div class="nhsuk-card__content">
        {actions.length === 0 && heading}
        {description ? <p class="nhsuk-card__description">{description}</p> : children}
        {variant === 'primary' && <Icon name="chevron-right-circle" />}
      </div>
    </div>
  );
}
