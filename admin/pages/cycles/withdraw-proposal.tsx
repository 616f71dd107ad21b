import { withdrawReleaseProposal } from '../../../api/release-proposals/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { formPage, Redirect } from '../../page.tsx';
import { hrefOf, loadReleasable } from './load-cycle.ts';

const title = 'Withdraw the proposal';

export const withdrawProposalPage = formPage({
  path: '/console/cycles/:cycleId/release/:proposalId/withdraw',
  roles: ['publisher'],
  load: loadReleasable,
  initial: () => Fields.of({}),
  show: ({ loaded: { cycle } }) => ({
    title,
    back: { href: hrefOf(cycle, 'release'), text: 'Release the results' },
    body: (
      <>
        <h1 class="nhsuk-heading-l">
          <span class="nhsuk-caption-l">{cycle.title}</span>
          {title}
        </h1>
        <p>
          Nothing is published then. The release can be proposed again, by you or by somebody else.
        </p>
        <Form>
          <Button preventDoubleClick>Withdraw it</Button>
        </Form>
      </>
    ),
  }),
  save: async ({ api, params: { cycleId = '', proposalId = '' } }) => {
    await api.call(withdrawReleaseProposal, { params: { cycleId, proposalId } });
    return new Redirect(`${hrefOf({ id: cycleId }, 'release')}?done=withdrawn`);
  },
});
