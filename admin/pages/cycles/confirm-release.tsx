import { createRelease } from '../../../api/releases/contract.ts';
import { ApiProblem } from '../../api-client.ts';
import { Button } from '../../components/Button.tsx';
import { WarningCallout } from '../../components/WarningCallout.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { formPage, Redirect } from '../../page.tsx';
import { HidingOf } from './hiding.tsx';
import { hrefOf } from './load-cycle.ts';
import { loadDryRun } from './load-dry-run.ts';

const title = 'Confirm and publish';

export const confirmReleasePage = formPage({
  path: '/console/cycles/:cycleId/release/:proposalId/confirm',
  roles: ['publisher'],
  load: loadDryRun,
  initial: () => Fields.of({}),
  show: ({ visit, loaded: { cycle, dryRun } }) => ({
    title,
    back: { href: hrefOf(cycle, 'release'), text: 'Release the results' },
    body: (
      <>
        <h1 class="nhsuk-heading-l">
          <span class="nhsuk-caption-l">{cycle.title}</span>
          {title}
        </h1>
        <p>
          Somebody else proposed this. Look at it as if you had made it: it is published only if the
          numbers are still those that they saw.
        </p>
        <HidingOf cycle={cycle} dryRun={dryRun} />
        <WarningCallout heading="Publishing cannot be undone" headingLevel={2}>
          Everybody can then read these results, and keep them. A mistake can only be followed by
          another release.
        </WarningCallout>
        <Form>
          <Button variant="warning" preventDoubleClick>
            Publish the results
          </Button>
        </Form>
        <p>
          <a href={hrefOf(cycle, `release/${visit.params.proposalId}/withdraw`)}>
            Withdraw the proposal instead
          </a>
        </p>
      </>
    ),
  }),
  save: async ({ api, params: { cycleId = '', proposalId = '' } }) => {
    try {
      await api.call(createRelease, { params: { cycleId }, body: { proposal: proposalId } });
    } catch (error) {
      // Whoever may not release it at all was not shown this page.
      if (!(error instanceof ApiProblem) || error.status !== 403) throw error;
      return [
        {
          field: null,
          text: 'You proposed this release yourself. Ask another publisher to look at it and confirm it',
        },
      ];
    }
    return new Redirect(hrefOf({ id: cycleId }, 'released'));
  },
});
