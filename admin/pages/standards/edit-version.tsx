import {
  changeStandardSetVersion,
  getStandardSetVersion,
} from '../../../api/standard-sets/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Form } from '../../form.tsx';
import { formPage, Redirect, type Visit } from '../../page.tsx';
import {
  contentOf,
  fieldOfVersion,
  fieldsOfVersion,
  rearranged,
  VersionFields,
  versionLabels,
} from './version-fields.tsx';
import { versionHref } from './version-words.tsx';

/** The set and the number of the version in the path. */
export function paramsOf({ params: { standardSetId = '', version = '' } }: Visit) {
  return { standardSetId, version };
}

export const editVersion = formPage({
  path: '/console/standards/:standardSetId/versions/:version/edit',
  roles: ['administrator'],
  load: (visit) => visit.api.call(getStandardSetVersion, { params: paramsOf(visit) }),
  initial: ({ body }) => fieldsOfVersion(body),
  labels: versionLabels,
  fieldOf: fieldOfVersion,
  show: ({ loaded: { body, version }, fields, errors }) => ({
    title: `Edit version ${body.version} of ${body.title}`,
    back: { href: versionHref(body.id, body.version), text: `Version ${body.version}` },
    body: (
      <>
        <h1 class="nhsuk-heading-l">
          Edit version {body.version} of {body.title}
        </h1>
        <Form hidden={{ version }}>
          <VersionFields fields={fields} errors={errors} />
          <Button preventDoubleClick>Save the draft</Button>
        </Form>
      </>
    ),
  }),
  save: async (visit, fields) => {
    const again = rearranged(fields);
    if (again !== null) return again;
    const content = contentOf(fields);
    if (!('title' in content)) return content;
    const params = paramsOf(visit);
    await visit.api.call(changeStandardSetVersion, {
      params,
      body: content,
      version: fields.wholeNumber('version') ?? 0,
    });
    return new Redirect(`${versionHref(params.standardSetId, params.version)}?done=saved`);
  },
});
