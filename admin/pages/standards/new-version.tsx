import { createStandardSetVersion, getStandardSet } from '../../../api/standard-sets/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Form } from '../../form.tsx';
import { formPage, Redirect } from '../../page.tsx';
import {
  contentOf,
  fieldOfVersion,
  fieldsOfVersion,
  rearranged,
  VersionFields,
  versionLabels,
} from './version-fields.tsx';
import { versionHref } from './version-words.tsx';

export const newVersion = formPage({
  path: '/console/standards/:standardSetId/new-version',
  roles: ['administrator'],
  load: ({ api, params }) =>
    api.call(getStandardSet, { params: { standardSetId: params.standardSetId ?? '' } }),
  initial: ({ body }) => fieldsOfVersion({ ...body, changes: null }),
  labels: versionLabels,
  fieldOf: fieldOfVersion,
  show: ({ loaded: { body }, fields, errors }) => ({
    title: `Draft the next version of ${body.title}`,
    back: { href: `/console/standards/${body.id}`, text: 'All versions' },
    body: (
      <>
        <h1 class="nhsuk-heading-l">Draft the next version of {body.title}</h1>
        <p>
          It begins as version {body.version} is. Change what you have agreed to change, and say
          what is different. Cycles that use an earlier version keep it.
        </p>
        <Form>
          <VersionFields fields={fields} errors={errors} />
          <Button preventDoubleClick>Save the draft</Button>
        </Form>
      </>
    ),
  }),
  save: async ({ api, params }, fields) => {
    const again = rearranged(fields);
    if (again !== null) return again;
    const content = contentOf(fields);
    if (!('title' in content)) return content;
    const { body } = await api.call(createStandardSetVersion, {
      params: { standardSetId: params.standardSetId ?? '' },
      body: content,
    });
    return new Redirect(`${versionHref(body.id, body.version)}?done=drafted`);
  },
});
