import type { TableName } from '../../../api/releases/tables.ts';
import { Details } from '../../components/Details.tsx';
import { SummaryList } from '../../components/SummaryList.tsx';
import { dayWords, timeWords } from '../../words.ts';
import type { Released } from './released.ts';

/** The public addresses of the API under which anybody reads a table of this release and the release as a whole. */
export function DownloadLinks({ released, table }: { released: Released; table: TableName }) {
  const { cycleId, release } = released.results;
  const cycle = `/v1/cycles/${cycleId}`;
  const file = `${table.replaceAll('_', '-')}-release-${release}.csv`;
  return (
    <ul>
      <li>
        <a href={`${cycle}/results?release=${release}&format=csv&table=${table}`} download={file}>
          This table, with every organisation and service (CSV)
        </a>
      </li>
      <li>
        <a href={`/v1/data-dictionary?table=${table}`}>What its columns mean (JSON)</a>
      </li>
      <li>
        <a
          href={`${cycle}/results?release=${release}`}
          download={`results-release-${release}.json`}
        >
          The whole release (JSON)
        </a>
      </li>
      <li>
        <a href={`${cycle}/data-package`} download="datapackage.json">
          Data package of the latest release, for research tools (JSON)
        </a>
      </li>
    </ul>
  );
}

/** What somebody needs who wants to check that these are the numbers that were released. */
export function Provenance({ released }: { released: Released }) {
  const { cycle, results } = released;
  const { release, releasedAt, sha256, codeVersion, disclosurePolicy } = results;
  return (
    <Details summary="Where these numbers come from">
      <SummaryList
        rows={[
          { key: 'Release', value: `${release}, of ${timeWords(releasedAt)}` },
          {
            key: 'Feedback given',
            value: `${dayWords(cycle.opensAt)} to ${dayWords(cycle.closesAt)}`,
          },
          {
            key: 'Standards',
            value: `${cycle.standardSet.title}, version ${cycle.standardSet.version}`,
          },
          {
            key: 'Smallest group that is shown',
            value: `${disclosurePolicy.threshold} people`,
          },
          {
            key: 'Digest (SHA-256)',
            value: <code class="fc-code">{sha256}</code>,
          },
          { key: 'Made by version', value: codeVersion },
        ]}
      />
      <p>
        A release never changes. The digest is that of its JSON without the member{' '}
        <code>sha256</code>, so that anybody can check it. A correction is a new release.
      </p>
    </Details>
  );
}
