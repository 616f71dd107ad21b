import { getCycle } from '../../../api/cycles/contract.ts';
import { listReleases } from '../../../api/releases/contract.ts';
import { staffRoles } from '../../../domain/vocabulary.ts';
import { Table } from '../../components/Table.tsx';
import { page } from '../../page.tsx';
import { timeWords } from '../../words.ts';

/** Every release of a cycle: none is ever changed or taken away. */
export const releaseList = page(
  '/console/results/:cycleId/releases',
  staffRoles,
  async ({ api, params }) => {
    const { cycleId = '' } = params;
    const [{ body: cycle }, { body }] = await Promise.all([
      api.call(getCycle, { params: { cycleId } }),
      api.call(listReleases, { params: { cycleId } }),
    ]);
    const base = `/console/results/${cycleId}`;
    return {
      title: `Releases of ${cycle.title}`,
      back: { href: base, text: 'Results' },
      isWide: true,
      body: (
        <>
          <h1 class="nhsuk-heading-l">
            <span class="nhsuk-caption-l">{cycle.title}</span> Releases
          </h1>
          <p>
            A release never changes. A correction is a new release, and those before it stay where
            they are.
          </p>
          <Table
            caption="All releases, the latest first"
            responsive
            head={['Release', 'Released', 'Smallest group shown', 'Digest (SHA-256)']}
            rows={body.items
              .toReversed()
              .map(({ release, releasedAt, sha256, disclosurePolicy }) => [
                { content: <a href={`${base}?release=${release}`}>Release {release}</a> },
                timeWords(releasedAt),
                `${disclosurePolicy.threshold} people`,
                { content: <code class="fc-code">{sha256}</code> },
              ])}
          />
        </>
      ),
    };
  },
);
