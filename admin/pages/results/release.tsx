import type { View } from '../../page.tsx';
import { dayWords } from '../../words.ts';
import { DownloadLinks, Provenance } from './downloads.tsx';
import { MeansOf } from './means.tsx';
import { HowToRead } from './numbers.tsx';
import { standardsOf } from './part.ts';
import { hrefOf, type Released, resultsPage } from './released.ts';
import { ShownGroup } from './shown-group.tsx';
import { StandingOut } from './standing-out.tsx';

/** A release at a glance: every standard by every perspective, and what stands out. */
export const releasePage = resultsPage('/console/results/:cycleId', (released): View => {
  const { cycle, results } = released;
  const part = standardsOf(released);
  return {
    title: `Results of ${cycle.title}`,
    back: { href: '/console/results', text: 'Results' },
    isWide: true,
    body: (
      <>
        <h1 class="nhsuk-heading-l">
          <span class="nhsuk-caption-l">Results</span> {cycle.title}
        </h1>
        <p>
          Release {results.release}, of {dayWords(results.releasedAt)}.{' '}
          <a href={hrefOf(released, '/releases', { release: null })}>All releases</a>
        </p>
        <ShownGroup released={released} />
        <MeansOf released={released} part={part} />
        <HowToRead released={released} />
        <StandingOut released={released} part={part} />
        <MoreTables released={released} />
        <h2 class="nhsuk-heading-m">Download</h2>
        <DownloadLinks released={released} table="results" />
        <Provenance released={released} />
      </>
    ),
  };
});

function MoreTables({ released }: { released: Released }) {
  const { aboutThisEvaluation, equality, themes } = released.results;
  const tables = [
    aboutThisEvaluation && {
      href: hrefOf(released, '/about-this-evaluation'),
      text: 'What people say of this evaluation itself',
    },
    equality && { href: hrefOf(released, '/equality'), text: 'Who took part, by ethnic group' },
    themes && { href: hrefOf(released, '/themes'), text: 'How many spoke of each theme' },
  ].filter((table) => table !== undefined);
  if (tables.length === 0) return null;
  return (
    <>
      <h2 class="nhsuk-heading-m">More of this release</h2>
      <ul>
        {tables.map(({ href, text }) => (
          <li>
            <a href={href}>{text}</a>
          </li>
        ))}
      </ul>
    </>
  );
}
