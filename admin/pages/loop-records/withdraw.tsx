import { withdrawLoopRecord } from '../../../api/loop-records/contract.ts';
import { Button } from '../../components/Button.tsx';
import { WarningCallout } from '../../components/WarningCallout.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { formPage, Redirect } from '../../page.tsx';
import { backTo, ownRecord, recordHref, versionFor, versionOf } from './own-record.ts';

export const withdrawRecordPage = formPage({
  path: '/console/loop-records/:loopRecordId/withdraw',
  roles: ['publisher'],
  load: ownRecord,
  initial: () => Fields.of({}),
  show: ({ loaded, fields, errors }) => {
    const { record } = loaded;
    if (record.publishedVersion === null) {
      return {
        title: 'There is nothing to withdraw',
        back: backTo(loaded),
        body: (
          <>
            <h1 class="nhsuk-heading-l">There is nothing to withdraw</h1>
            <p>This record was never published: only staff of {record.organisation} see it.</p>
          </>
        ),
      };
    }
    return {
      title: 'Withdraw this record?',
      back: backTo(loaded),
      body: (
        <>
          <h1 class="nhsuk-heading-l">Withdraw this record?</h1>
          <p class="fc-text">“{record.title}”</p>
          <WarningCallout heading="This cannot be undone" headingLevel={2}>
            <ul>
              <li>Nobody can read it any more, not even the versions from before.</li>
              <li>
                Whoever looks for it is told that it was withdrawn, also in the feeds. It cannot be
                changed or published again.
              </li>
              <li>What people answered about it is not shown any more.</li>
            </ul>
          </WarningCallout>
          <p>
            If the answer has become “no”, do not withdraw it:{' '}
            <a href={recordHref(record.id, '/we-did')}>say so, with the reason</a>. Withdraw it
            where it should never have been published, such as when it tells who somebody is.
          </p>
          <Form hidden={versionFor(fields, errors, loaded)}>
            <Button variant="warning" preventDoubleClick>
              Withdraw for good
            </Button>
          </Form>
        </>
      ),
    };
  },
  save: async ({ api, params }, fields) => {
    const loopRecordId = params.loopRecordId ?? '';
    await api.call(withdrawLoopRecord, { params: { loopRecordId }, version: versionOf(fields) });
    return new Redirect('/console/loop-records?done=withdrawn');
  },
});
