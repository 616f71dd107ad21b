import { endLegalHold } from '../../../api/cycles/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { formPage, Redirect } from '../../page.tsx';
import { hrefOf, loadManaged } from './load-cycle.ts';

const title = 'End the legal hold';

export const endLegalHoldPage = formPage({
  path: '/console/cycles/:cycleId/end-legal-hold',
  roles: ['administrator'],
  load: loadManaged,
  initial: () => Fields.of({}),
  show: ({ loaded: { cycle } }) => ({
    title,
    back: { href: hrefOf(cycle), text: 'The evaluation cycle' },
    body: (
      <>
        <h1 class="nhsuk-heading-l">{title}</h1>
        {cycle.legalHold ? (
          <Form>
            <p>
              What people sent is then deleted {cycle.retentionDays} days after closing, as they
              were told. What is past that time is deleted within a day, and cannot be brought back.
            </p>
            <Button variant="warning" preventDoubleClick>
              End the legal hold
            </Button>
          </Form>
        ) : (
          <p>There is no legal hold on this cycle.</p>
        )}
      </>
    ),
  }),
  save: async ({ api, params }) => {
    const { body } = await api.call(endLegalHold, { params: { cycleId: params.cycleId ?? '' } });
    return new Redirect(`${hrefOf(body)}?done=hold-ended`);
  },
});
