import { type Attributes, type Content, joined } from './parts.ts';

/** A button of a form or, with `href`, a link that looks like one. One primary button a page. */
export type ButtonProps = {
  children: Content;
  /** `warning` only for the last confirmation of something that cannot be undone. */
  variant?: 'secondary' | 'secondary-solid' | 'warning' | 'reverse' | 'login' | undefined;
  small?: boolean | undefined;
  href?: string | undefined;
  type?: 'submit' | 'button' | 'reset' | undefined;
  name?: string | undefined;
  value?: string | undefined;
  id?: string | undefined;
  disabled?: boolean | undefined;
  /** Ignores a second click within a second; only where the script runs. */
  preventDoubleClick?: boolean | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
};

/** See {@link ButtonProps}. */
export function Button({
  children,
  variant,
  small,
  href,
  type = 'submit',
  name,
  value,
  id,
  disabled,
  preventDoubleClick,
  classes,
  attributes,
}: ButtonProps) {
  const className = joined(
    'nhsuk-button',
    variant && `nhsuk-button--${variant}`,
    small && 'nhsuk-button--small',
    classes,
  );
  if (href !== undefined) {
    return (
      // biome-ignore lint/a11y/useSemanticElements: it leads somewhere, and looks and is named as a button
      <a
        class={className}
        id={id}
        data-module="nhsuk-button"
        href={href}
        role="button"
        draggable="false"
        {...attributes}
      >
        {children}
      </a>
    );
  }
  return (
    <button
      class={className}
      id={id}
      name={name}
      data-module="nhsuk-button"
      data-prevent-double-click={
        preventDoubleClick === undefined ? undefined : `${preventDoubleClick}`
      }
      type={type}
      value={value}
      disabled={disabled}
      aria-disabled={disabled ? 'true' : undefined}
      {...attributes}
    >
      {children}
    </button>
  );
}
