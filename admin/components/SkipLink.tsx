/** The first thing on a page: past the header, to the main content. */
export function SkipLink({ href = '#maincontent' }: { href?: string | undefined }) {
  return (
    <a class="nhsuk-skip-link" data-module="nhsuk-skip-link" href={href}>
      Skip to main content
    </a>
  );
}
