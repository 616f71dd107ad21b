import { getStandardSet } from '../../../api/standard-sets/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Select } from '../../components/Select.tsx';
import { Table } from '../../components/Table.tsx';
import { page } from '../../page.tsx';
import { everyRole, publishedWords, VersionState, versionHref } from './version-words.tsx';

export const standardSet = page(
  '/console/standards/:standardSetId',
  everyRole,
  async ({ api, params, person }) => {
    const { body } = await api.call(getStandardSet, {
      params: { standardSetId: params.standardSetId ?? '' },
    });
    const isTheirs =
      body.organisation !== null &&
      person.organisationsAs('administrator').includes(body.organisation);
    const hasDraft = body.versions.some(({ publishedAt }) => publishedAt === null);
    const newest = body.versions.at(-1)?.version ?? 1;
    return {
      title: body.title,
      back: { href: '/console/standards', text: 'Standards' },
      body: (
        <>
          <h1 class="nhsuk-heading-l">{body.title}</h1>
          <p>
            {body.organisation === null
              ? 'This set comes with the service.'
              : `Looked after by ${body.organisation}.`}{' '}
            Results of versions can be compared where a standard keeps its code.
          </p>
          <Table
            caption="Versions"
            responsive
            head={['Version', 'State', 'Published', 'What changed']}
            rows={[...body.versions]
              .reverse()
              .map(({ version, publishedAt, changes }) => [
                { content: <a href={versionHref(body.id, version)}>Version {version}</a> },
                { content: <VersionState publishedAt={publishedAt} /> },
                publishedWords(publishedAt),
                changes ?? (version === 1 ? 'The first version' : 'Not said'),
              ])}
          />
          {isTheirs && !hasDraft && (
            <Button href={`/console/standards/${body.id}/new-version`}>
              Draft the next version
            </Button>
          )}
          {body.versions.length > 1 && (
            <>
              <h2 class="nhsuk-heading-m">Compare two versions</h2>
              <form method="get" action={`/console/standards/${body.id}/compare`}>
                <VersionSelect
                  label="The earlier version"
                  name="from"
                  versions={body.versions}
                  value={newest - 1}
                />
                <VersionSelect
                  label="The later version"
                  name="to"
                  versions={body.versions}
                  value={newest}
                />
                <Button variant="secondary">Compare</Button>
              </form>
            </>
          )}
        </>
      ),
    };
  },
);

function VersionSelect({
  label,
  name,
  versions,
  value,
}: {
  label: string;
  name: string;
  versions: readonly { version: number }[];
  value: number;
}) {
  return (
    <Select
      label={label}
      name={name}
      value={String(value)}
      items={versions.map(({ version }) => ({ text: `Version ${version}`, value: `${version}` }))}
    />
  );
}
