import { listReleases } from '../../../api/releases/contract.ts';
import { Panel } from '../../components/Panel.tsx';
import { page } from '../../page.tsx';
import { hrefOf, loadReleasable } from './load-cycle.ts';

export const releasedPage = page(
  '/console/cycles/:cycleId/released',
  ['publisher'],
  async (visit) => {
    const params = { cycleId: visit.params.cycleId ?? '' };
    const [{ cycle }, { body }] = await Promise.all([
      loadReleasable(visit),
      visit.api.call(listReleases, { params }),
    ]);
    const last = body.items.at(-1);
    return {
      title: 'The results are published',
      back: { href: hrefOf(cycle), text: 'The evaluation cycle' },
      body: (
        <>
          <Panel heading="The results are published">Release {last?.release}</Panel>
          <p>Everybody can now read the results of &ldquo;{cycle.title}&rdquo;.</p>
          <ul class="nhsuk-list">
            <li>
              <a href={`/console/results/${cycle.id}`}>Look at the results</a>
            </li>
            <li>
              <a href={last?.href}>The results as JSON, for everybody</a>
            </li>
            <li>
              <a href={`${last?.href}&format=csv`}>The results as a table (CSV), for everybody</a>
            </li>
          </ul>
          <h2 class="nhsuk-heading-m">What happens next</h2>
          <p>
            Tell people what is done about it: answer with &ldquo;you said, we did&rdquo; records by
            the day on which they were invited to look again.
          </p>
          <p>
            <a href="/console/loop-records">You said, we did</a>
          </p>
        </>
      ),
    };
  },
);
