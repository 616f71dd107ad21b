import { setLegalHold } from '../../../api/cycles/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Textarea } from '../../components/Textarea.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { formPage, Redirect } from '../../page.tsx';
import { UrgentHelp } from '../../urgent-help.tsx';
import { hrefOf, loadManaged } from './load-cycle.ts';

const title = 'Stop the deletion of what people sent';

export const legalHoldPage = formPage({
  path: '/console/cycles/:cycleId/legal-hold',
  roles: ['administrator'],
  load: loadManaged,
  initial: () => Fields.of({}),
  labels: { reason: 'Why the law demands it' },
  show: ({ loaded: { cycle }, fields, errors }) => ({
    title,
    back: { href: hrefOf(cycle), text: 'The evaluation cycle' },
    body: (
      <>
        <UrgentHelp />
        <h1 class="nhsuk-heading-l">{title}</h1>
        <p>
          Only where the law demands it, as after a request of a court or a coroner. People were
          told that what they sent is deleted {cycle.retentionDays} days after closing, unless there
          is a legal hold. Everybody can see that there is one.
        </p>
        <p>What people withdraw themselves is deleted all the same.</p>
        <Form>
          <Textarea
            label="Why the law demands it"
            hint="Such as: order of the coroner. Leave out names. It is kept with the cycle and shown to nobody here."
            name="reason"
            rows={3}
            value={fields.raw('reason')}
            errorMessage={errors.of('reason')}
          />
          <Button preventDoubleClick>Stop the deletion</Button>
        </Form>
      </>
    ),
  }),
  save: async ({ api, params }, fields) => {
    const reason = fields.text('reason');
    if (reason === '') return [{ field: 'reason', text: 'Enter why the law demands it' }];
    const { body } = await api.call(setLegalHold, {
      params: { cycleId: params.cycleId ?? '' },
      body: { reason },
    });
    return new Redirect(`${hrefOf(body)}?done=held`);
  },
});
