import type { View } from '../../page.tsx';
import { NumberedPages, sliceOf } from './numbered-pages.tsx';
import { ALL, hrefOf, organisationName, resultsPage } from './released.ts';

const GROUPS_PER_PAGE = 100;

/** Whose numbers can be shown: every organisation together, each as a whole, and their services. */
export const groupsPage = resultsPage('/console/results/:cycleId/groups', (released): View => {
  const { cycle, visit } = released;
  const { organisations, services } = cycle;
  const everything =
    organisations.length > 1 ? [{ organisation: ALL, service: null, name: '' }] : [];
  const groups = organisations.flatMap((organisation) => [
    { organisation, service: null, name: '' },
    ...services
      .filter(({ odsCode }) => odsCode === organisation)
      .map(({ code, name }) => ({ organisation, service: code, name })),
  ]);
  const slice = sliceOf(visit, [...everything, ...groups], GROUPS_PER_PAGE);
  return {
    title: `Whose numbers to show - ${cycle.title}`,
    back: { href: hrefOf(released, ''), text: 'Results' },
    body: (
      <>
        <h1 class="nhsuk-heading-l">
          <span class="nhsuk-caption-l">{cycle.title}</span> Whose numbers do you want to see?
        </h1>
        <ul>
          {slice.items.map(({ organisation, service, name }) => (
            <li>
              <a href={hrefOf(released, '', { organisation, service })}>
                {service === null
                  ? organisationName(cycle, organisation)
                  : `${name}, ${organisationName(cycle, organisation)}`}
              </a>
            </li>
          ))}
        </ul>
        <NumberedPages visit={visit} slice={slice} />
      </>
    ),
  };
});
