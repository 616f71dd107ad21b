import {
  getStandardSetVersion,
  publishStandardSetVersion,
} from '../../../api/standard-sets/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { formPage, page, Redirect } from '../../page.tsx';
import { countWords } from '../../words.ts';
import { paramsOf } from './edit-version.tsx';
import { versionHref } from './version-words.tsx';

const path = '/console/standards/:standardSetId/versions/:version';

export const publishVersion = formPage({
  path: `${path}/publish`,
  roles: ['administrator'],
  load: (visit) => visit.api.call(getStandardSetVersion, { params: paramsOf(visit) }),
  initial: () => Fields.of({}),
  show: ({ loaded: { body, version } }) => ({
    title: `Publish version ${body.version} of ${body.title}`,
    back: { href: versionHref(body.id, body.version), text: `Version ${body.version}` },
    body: (
      <>
        <h1 class="nhsuk-heading-l">
          Do you want to publish version {body.version} of {body.title}?
        </h1>
        <p>
          It has {countWords(body.standards.length, 'standard')}. From then on everybody can read
          it, evaluations can use it, and it never changes. This cannot be undone: what you want to
          change later needs the next version.
        </p>
        {body.coProducedBy.length === 0 && (
          <p>
            <strong>Nobody is named yet as having written it together.</strong> You may want to say
            who did before you publish.
          </p>
        )}
        <Form hidden={{ version }}>
          <Button variant="warning" preventDoubleClick>
            Publish for good
          </Button>
        </Form>
      </>
    ),
  }),
  save: async (visit, fields) => {
    const params = paramsOf(visit);
    await visit.api.call(publishStandardSetVersion, {
      params,
      version: fields.wholeNumber('version') ?? 0,
    });
    return new Redirect(`${versionHref(params.standardSetId, params.version)}/published`);
  },
});

export const publishedVersion = page(`${path}/published`, ['administrator'], async (visit) => {
  const { body } = await visit.api.call(getStandardSetVersion, { params: paramsOf(visit) });
  const isPublished = body.publishedAt !== null;
  return {
    title: isPublished ? 'The version is published' : 'The version is not published',
    body: isPublished ? (
      <>
        <Panel heading="The version is published">
          {body.title}, version {body.version}
        </Panel>
        <p>
          Everybody can <a href={versionHref(body.id, body.version)}>read it</a>, and you can{' '}
          <a href="/console/cycles/new">set up a cycle</a> that is held against it.
        </p>
      </>
    ) : (
      <>
        <h1 class="nhsuk-heading-l">The version is not published</h1>
        <p>
          It is <a href={versionHref(body.id, body.version)}>still a draft</a>.
        </p>
      </>
    ),
  };
});
