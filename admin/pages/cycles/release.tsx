import type * as z from 'zod';
import { listReleaseProposals } from '../../../api/release-proposals/contract.ts';
import { Button } from '../../components/Button.tsx';
import { InsetText } from '../../components/InsetText.tsx';
import { Table } from '../../components/Table.tsx';
import { page } from '../../page.tsx';
import { countWords, timeWords } from '../../words.ts';
import { type Cycle, hrefOf, loadReleasable } from './load-cycle.ts';

type Proposal = z.output<(typeof listReleaseProposals.replies)[200]['schema']>['items'][number];

const doneMessages: Readonly<Record<string, string>> = {
  proposed: 'The release is proposed. Ask another publisher to look at it and confirm it.',
  withdrawn: 'The proposal is withdrawn. Nothing was published.',
};

const stateWords: Readonly<Record<Proposal['state'], string>> = {
  open: 'Waiting for somebody else',
  withdrawn: 'Withdrawn',
  released: 'Confirmed and published',
};

const title = 'Release the results';

export const releasePage = page(
  '/console/cycles/:cycleId/release',
  ['publisher'],
  async (visit) => {
    const params = { cycleId: visit.params.cycleId ?? '' };
    const [{ cycle }, { body }] = await Promise.all([
      loadReleasable(visit),
      visit.api.call(listReleaseProposals, { params }),
    ]);
    const open = body.items.find(({ state }) => state === 'open');
    const isClosed = cycle.phase === 'closed' || cycle.phase === 'released';
    return {
      title,
      back: { href: hrefOf(cycle), text: 'The evaluation cycle' },
      done: doneMessages[visit.query.get('done') ?? ''],
      body: (
        <>
          <h1 class="nhsuk-heading-l">
            <span class="nhsuk-caption-l">{cycle.title}</span>
            {title}
          </h1>
          {!isClosed && <p>Results can be released once the cycle has closed.</p>}
          {isClosed &&
            (open === undefined ? (
              <Begin cycle={cycle} />
            ) : (
              <Waiting cycle={cycle} proposal={open} isOwn={open.proposedBy === visit.person.id} />
            ))}
          {body.items.length > 0 && <Proposals items={body.items} />}
        </>
      ),
    };
  },
);

function Begin({ cycle }: { cycle: Cycle }) {
  return (
    <>
      <p>
        What is published cannot be taken back, so two people do it: one looks at what will be
        hidden and proposes the release, another looks at the same and confirms it.
      </p>
      <Button href={hrefOf(cycle, 'release/propose')}>Look at what will be hidden</Button>
    </>
  );
}

function Waiting({ cycle, proposal, isOwn }: { cycle: Cycle; proposal: Proposal; isOwn: boolean }) {
  const part = `release/${proposal.id}`;
  return (
    <>
      <p>
        Release {proposal.release} was proposed on {timeWords(proposal.proposedAt)}:{' '}
        {countWords(proposal.shown, 'number')} shown, {countWords(proposal.hidden, 'number')}{' '}
        hidden.
      </p>
      {isOwn ? (
        <InsetText>
          You proposed it, so another publisher has to confirm it. A second pair of eyes protects
          the people who answered, and you.
        </InsetText>
      ) : (
        <Button href={hrefOf(cycle, `${part}/confirm`)}>Look at it and confirm</Button>
      )}
      <p>
        <a href={hrefOf(cycle, `${part}/withdraw`)}>Withdraw the proposal</a>
      </p>
    </>
  );
}

function Proposals({ items }: { items: readonly Proposal[] }) {
  return (
    <Table
      caption="Proposals so far"
      responsive
      head={['Proposed', 'Release', 'Shown', 'Hidden', 'State']}
      rows={items.map((proposal) => [
        timeWords(proposal.proposedAt),
        String(proposal.release),
        String(proposal.shown),
        String(proposal.hidden),
        stateWords[proposal.state],
      ])}
    />
  );
}
