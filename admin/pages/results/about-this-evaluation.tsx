import type { View } from '../../page.tsx';
import { DownloadLinks } from './downloads.tsx';
import { MeansOf } from './means.tsx';
import { HowToRead } from './numbers.tsx';
import { aboutThisEvaluationOf } from './part.ts';
import { hrefOf, resultsPage } from './released.ts';
import { ShownGroup } from './shown-group.tsx';
import { StandingOut } from './standing-out.tsx';

/** What people say of the evaluation itself: whether it was safe, easy and worth their while. */
export const aboutThisEvaluationPage = resultsPage(
  '/console/results/:cycleId/about-this-evaluation',
  (released): View => {
    const part = aboutThisEvaluationOf(released);
    return {
      title: `About this evaluation - ${released.cycle.title}`,
      back: { href: hrefOf(released, ''), text: 'Results' },
      isWide: true,
      body: (
        <>
          <h1 class="nhsuk-heading-l">
            <span class="nhsuk-caption-l">{released.cycle.title}</span> What people say of this
            evaluation itself
          </h1>
          {part === null ? (
            <p>
              Nothing was asked about the evaluation itself. Whoever sets up the next one can add
              it, before it opens.
            </p>
          ) : (
            <>
              <ShownGroup released={released} />
              <MeansOf released={released} part={part} />
              <HowToRead released={released} />
              <StandingOut released={released} part={part} />
              <h2 class="nhsuk-heading-m">Download</h2>
              <DownloadLinks released={released} table="about_this_evaluation" />
            </>
          )}
        </>
      ),
    };
  },
);
