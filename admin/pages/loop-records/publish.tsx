import { publishLoopRecord } from '../../../api/loop-records/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { formPage, Redirect } from '../../page.tsx';
import { ownRecord, recordHref, versionFor, versionOf } from './own-record.ts';

export const publishRecordPage = formPage({
  path: '/console/loop-records/:loopRecordId/publish',
  roles: ['publisher'],
  load: ownRecord,
  initial: () => Fields.of({}),
  show: ({ loaded, fields, errors }) => {
    const { record } = loaded;
    const isFirst = record.publishedVersion === null;
    return {
      title: isFirst ? 'Publish this record?' : 'Publish the changes?',
      back: { href: recordHref(record.id, '/preview'), text: 'Back to the preview' },
      body: (
        <>
          <h1 class="nhsuk-heading-l">
            {isFirst ? 'Publish this record?' : 'Publish the changes?'}
          </h1>
          <p class="fc-text">“{record.title}”</p>
          <ul>
            <li>Everybody can read it: on the web, in feeds, and in other people’s dashboards.</li>
            <li>
              It is kept as a version of its own. You can change it and publish again; this version
              stays readable beside the new one.
            </li>
            <li>It can be withdrawn, and then everybody is told that it was.</li>
          </ul>
          <p>
            Look once more whether anything in it tells who somebody is. What you wrote is published
            word for word: no machine takes names out of it.
          </p>
          <Form hidden={versionFor(fields, errors, loaded)}>
            <Button preventDoubleClick>{isFirst ? 'Publish' : 'Publish the changes'}</Button>
          </Form>
        </>
      ),
    };
  },
  save: async ({ api, params }, fields) => {
    const loopRecordId = params.loopRecordId ?? '';
    await api.call(publishLoopRecord, { params: { loopRecordId }, version: versionOf(fields) });
    return new Redirect(recordHref(loopRecordId, '?done=published'));
  },
});
