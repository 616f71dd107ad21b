import { getStandardSetVersion } from '../../../api/standard-sets/contract.ts';
import { Button } from '../../components/Button.tsx';
import { SummaryList } from '../../components/SummaryList.tsx';
import { Table } from '../../components/Table.tsx';
import { page } from '../../page.tsx';
import {
  everyRole,
  publishedWords,
  type Version,
  VersionState,
  versionHref,
  wordingStatusWords,
} from './version-words.tsx';

const doneMessages: Readonly<Record<string, string>> = {
  drafted: 'The draft is made. Only administrators of your organisation can see it.',
  saved: 'The draft is saved.',
};

export const standardSetVersion = page(
  '/console/standards/:standardSetId/versions/:version',
  everyRole,
  async ({ api, params, person, query }) => {
    const { standardSetId = '', version = '' } = params;
    const { body } = await api.call(getStandardSetVersion, { params: { standardSetId, version } });
    const isTheirs =
      body.organisation !== null &&
      person.organisationsAs('administrator').includes(body.organisation);
    const isDraft = body.publishedAt === null;
    const here = versionHref(body.id, body.version);
    return {
      title: `${body.title}, version ${body.version}`,
      back: { href: `/console/standards/${body.id}`, text: 'All versions' },
      done: doneMessages[query.get('done') ?? ''],
      body: (
        <>
          <h1 class="nhsuk-heading-l">
            <span class="nhsuk-caption-l">Version {body.version}</span>
            {body.title}
          </h1>
          <p>
            <VersionState publishedAt={body.publishedAt} />
          </p>
          {isTheirs && isDraft && (
            <div class="fc-actions">
              <Button href={`${here}/publish`}>Publish this version</Button>
              <Button href={`${here}/edit`} variant="secondary">
                Edit the draft
              </Button>
            </div>
          )}
          {body.standards.map(({ code, title, statement }) => (
            <>
              <h2 class="nhsuk-heading-s nhsuk-u-margin-bottom-1">{title}</h2>
              <p>
                {statement}
                <br />
                <span class="nhsuk-hint">
                  Code <span class="fc-code">{code}</span>
                </span>
              </p>
            </>
          ))}
          <Scale version={body} />
          <h2 class="nhsuk-heading-m">How it came about</h2>
          <SummaryList
            rows={[
              { key: 'Published', value: publishedWords(body.publishedAt) },
              { key: 'Wording', value: wordingStatusWords[body.wordingStatus] },
              { key: 'Written together by', value: listOf(body.coProducedBy, 'Not said') },
              {
                key: 'Where they did not agree',
                value: listOf(body.dissent, 'No disagreement was recorded'),
              },
              { key: 'What changed', value: body.changes ?? 'Not said' },
              { key: 'Source', value: body.source ?? 'None named' },
              { key: 'Licence', value: body.licence ?? 'None named' },
              { key: 'Attribution', value: body.attribution ?? 'None named' },
            ]}
          />
        </>
      ),
    };
  },
);

function Scale({ version: { scale } }: { version: Version }) {
  return (
    <Table
      caption="What people can answer"
      head={['Number', 'Label']}
      firstCellIsHeader
      rows={scale.labels.map((label, index) => [String(scale.min + index), label])}
    />
  );
}

function listOf(items: readonly string[], none: string) {
  if (items.length === 0) return none;
  return (
    <ul class="nhsuk-list">
      {items.map((item) => (
        <li>{item}</li>
      ))}
    </ul>
  );
}
