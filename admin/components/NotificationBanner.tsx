import { type Content, isShown, joined } from './parts.ts';

/** What has just happened or must be known on every page; `success` takes the focus, so one a page. */
export function NotificationBanner({
  title,
  variant,
  heading,
  children,
  disableAutoFocus,
  role = variant === 'success' ? 'alert' : 'region',
}: {
  /** "Success" or "Important" unless given. */
  title?: string | undefined;
  variant?: 'success' | undefined;
  heading?: Content;
  /** Text is a paragraph; without a heading, the paragraph that stands for one. */
  children?: Content;
  disableAutoFocus?: boolean | undefined;
  role?: 'alert' | 'region' | undefined;
}) {
  const isText = typeof children === 'string';
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles it can have support it
    <div
      class={joined(
        'nhsuk-notification-banner',
        variant && `nhsuk-notification-banner--${variant}`,
      )}
      data-module="nhsuk-notification-banner"
      data-disable-auto-focus={disableAutoFocus === undefined ? undefined : `${disableAutoFocus}`}
      role={role}
      aria-labelledby="nhsuk-notification-banner-title"
    >
      <div class="nhsuk-notification-banner__header">
        <h2 class="nhsuk-notification-banner__title" id="nhsuk-notification-banner-title">
          {title ?? (variant === 'success' ? 'Success' : 'Important')}
        </h2>
      </div>
      <div class="nhsuk-notification-banner__content">
        {isShown(heading) && <h3 class="nhsuk-notification-banner__heading">{heading}</h3>}
        {isText ? (
          <p class={isShown(heading) ? 'nhsuk-body' : 'nhsuk-notification-banner__heading'}>
            {children}
          </p>
        ) : (
          children
        )}
      </div>
    </div>
  );
}
