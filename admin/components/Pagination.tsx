import { Icon } from './Icon.tsx';
import { type Content, isShown, joined } from './parts.ts';

/** The page before or after: `text` instead of "Previous" or "Next", `label` what it is about. */
export type PaginationLink = { href: string; text?: Content; label?: Content };

/** A page by its number, or pages left out. */
export type PaginationItem =
  | { number: number; href: string; current?: boolean | undefined }
  | { ellipsis: true };

/** The ways through the pages of a list (with `items`) or through pages that follow each other. */
export type PaginationProps = {
  previous?: PaginationLink | undefined;
  next?: PaginationLink | undefined;
  items?: readonly (PaginationItem | false | undefined)[] | undefined;
  /** Names the list, where a page has more than one. */
  ariaLabel?: string | undefined;
};

function Title({ children, fallback }: { children: Content; fallback: string }) {
  return (
    <span class="nhsuk-pagination__title">
      {isShown(children) ? (
        children
      ) : (
        <>
          {fallback}
          <span class="nhsuk-u-visually-hidden"> page</span>
        </>
      )}
    </span>
  );
}

function Item({ item }: { item: PaginationItem }) {
  if ('ellipsis' in item)
    return <li class="nhsuk-pagination__item nhsuk-pagination__item--ellipsis">⋯</li>;
  return (
    <li class={joined('nhsuk-pagination__item', item.current && 'nhsuk-pagination__item--current')}>
      <a
        class="nhsuk-pagination__link"
        href={item.href}
        aria-label={`Page ${item.number}`}
        aria-current={item.current ? 'page' : undefined}
      >
        {item.number}
      </a>
    </li>
  );
}

function NumberedPages({ previous, next, items = [] }: PaginationProps) {
  return (
    <>
      {previous && (
        <a href={previous.href} class="nhsuk-pagination__previous" rel="prev">
          <Icon name="arrow-left" />
          <Title fallback="Previous">{previous.text}</Title>
        </a>
      )}
      <ul class="nhsuk-pagination__list">{items.map((item) => item && <Item item={item} />)}</ul>
      {next && (
        <a href={next.href} class="nhsuk-pagination__next" rel="next">
          <Title fallback="Next">{next.text}</Title>
          <Icon name="arrow-right" />
        </a>
      )}
    </>
  );
}

function Neighbour({ link, direction }: { link: PaginationLink; direction: 'previous' | 'next' }) {
  const short = direction === 'previous' ? 'prev' : 'next';
  return (
    <li class={`nhsuk-pagination-item--${direction}`}>
      <a
        class={`nhsuk-pagination__link nhsuk-pagination__link--${short}`}
        href={link.href}
        rel={short}
      >
        <Title fallback={direction === 'previous' ? 'Previous' : 'Next'}>{link.text}</Title>
        {isShown(link.label) && (
          <>
            <span class="nhsuk-u-visually-hidden">:</span>
            <span class="nhsuk-pagination__page">{link.label}</span>
          </>
        )}
        <Icon name={direction === 'previous' ? 'arrow-left' : 'arrow-right'} />
      </a>
    </li>
  );
}

/** See {@link PaginationProps}. */
export function Pagination(props: PaginationProps) {
  const { previous, next, items = [], ariaLabel = 'Pagination' } = props;
  const isNumbered = items.length > 0;
  return (
    <nav
      class={joined('nhsuk-pagination', isNumbered && 'nhsuk-pagination--numbered')}
      // biome-ignore lint/a11y/noRedundantRoles: as the package has it
      role="navigation"
      aria-label={ariaLabel}
    >
      {isNumbered ? (
        <NumberedPages {...props} />
      ) : (
        <ul class="nhsuk-list nhsuk-pagination__list">
          {previous && <Neighbour link={previous} direction="previous" />}
          {next && <Neighbour link={next} direction="next" />}
        </ul>
      )}
    </nav>
  );
}
