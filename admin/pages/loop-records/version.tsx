import { getLoopRecordVersion } from '../../../api/loop-record-versions/contract.ts';
import { InsetText } from '../../components/InsetText.tsx';
import { page } from '../../page.tsx';
import { timeWords } from '../../words.ts';
import { recordHref } from './own-record.ts';
import { PublicRecord } from './public-record.tsx';

export const publishedVersionPage = page(
  '/console/loop-records/:loopRecordId/versions/:version',
  ['publisher'],
  async ({ api, params, now }) => {
    const { loopRecordId = '', version = '' } = params;
    const { body } = await api.call(getLoopRecordVersion, { params: { loopRecordId, version } });
    return {
      title: `Version ${body.version}`,
      back: { href: recordHref(loopRecordId), text: 'Back to the record' },
      body: (
        <>
          <h1 class="nhsuk-heading-l">Version {body.version}</h1>
          <InsetText>
            {`Published on ${timeWords(body.updatedAt)}. ${
              body.version === body.publishedVersion
                ? 'This is what is published now.'
                : `A newer version is published now: version ${body.publishedVersion}.`
            }`}
          </InsetText>
          <PublicRecord record={body} level={2} now={now} />
        </>
      ),
    };
  },
);
