import { proposeRelease } from '../../../api/release-proposals/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { formPage, Redirect } from '../../page.tsx';
import { HidingOf } from './hiding.tsx';
import { hrefOf } from './load-cycle.ts';
import { loadDryRun } from './load-dry-run.ts';

const title = 'What will be hidden, and why';

export const proposeReleasePage = formPage({
  path: '/console/cycles/:cycleId/release/propose',
  roles: ['publisher'],
  load: loadDryRun,
  initial: () => Fields.of({}),
  show: ({ loaded: { cycle, dryRun } }) => ({
    title,
    back: { href: hrefOf(cycle, 'release'), text: 'Release the results' },
    body: (
      <>
        <h1 class="nhsuk-heading-l">
          <span class="nhsuk-caption-l">{cycle.title}</span>
          {title}
        </h1>
        <p>
          Release {dryRun.release} would look like this. Nothing is published when you propose it:
          another publisher looks at the same and confirms it.
        </p>
        <HidingOf cycle={cycle} dryRun={dryRun} />
        <Form>
          <Button preventDoubleClick>Propose this release</Button>
        </Form>
      </>
    ),
  }),
  save: async ({ api, params: { cycleId = '' } }) => {
    await api.call(proposeRelease, { params: { cycleId } });
    return new Redirect(`${hrefOf({ id: cycleId }, 'release')}?done=proposed`);
  },
});
