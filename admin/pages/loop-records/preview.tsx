import { getLoopRecord } from '../../../api/loop-records/contract.ts';
import { changesBetween, type JsonObject } from '../../../domain/changes.ts';
import { ApiProblem } from '../../api-client.ts';
import { Button } from '../../components/Button.tsx';
import { InsetText } from '../../components/InsetText.tsx';
import { page, type Visit } from '../../page.tsx';
import { listWords } from '../../words.ts';
import { backTo, type LoopRecord, ownRecord, recordHref } from './own-record.ts';
import { PublicRecord } from './public-record.tsx';

export const previewPage = page(
  '/console/loop-records/:loopRecordId/preview',
  ['publisher'],
  async (visit) => {
    const [own, published] = await Promise.all([ownRecord(visit), publishedRecord(visit)]);
    const { record } = own;
    const changes = published === null ? [] : changedParts(published, record);
    const isNew = published === null || published.version !== record.version;
    return {
      title: 'As the public will read it',
      isWide: published !== null && changes.length > 0,
      back: backTo(own),
      body: (
        <>
          <h1 class="nhsuk-heading-l">
            {isNew ? 'As the public will read it' : 'As the public reads it'}
          </h1>
          {published !== null && (
            <InsetText>
              {changes.length === 0
                ? 'This is what is published now. Nothing has changed.'
                : `What changes: ${listWords(changes)}.`}
            </InsetText>
          )}
          {published !== null && changes.length > 0 ? (
            <div class="fc-board">
              <section class="fc-board__column" aria-labelledby="new">
                <h2 id="new">New</h2>
                <PublicRecord record={record} level={3} now={visit.now} />
              </section>
              <section class="fc-board__column" aria-labelledby="published">
                <h2 id="published">Published now</h2>
                <PublicRecord record={published} level={3} now={visit.now} />
              </section>
            </div>
          ) : (
            <PublicRecord record={record} level={2} now={visit.now} />
          )}
          {isNew && <Button href={recordHref(record.id, '/publish')}>Continue to publish</Button>}
        </>
      ),
    };
  },
);

/** What everybody reads now; null while there is nothing. */
async function publishedRecord({ publicApi, params }: Visit): Promise<LoopRecord | null> {
  try {
    const { body } = await publicApi.call(getLoopRecord, {
      params: { loopRecordId: params.loopRecordId ?? '' },
    });
    return body;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
}

const partWords: Readonly<Record<string, string>> = {
  '/title': 'the title',
  '/youSaid/text': 'what people said',
  '/youSaid/theme': 'what it is about',
  '/youSaid/enquiryCategory': 'the part of people’s experience',
  '/youSaid/standards': 'the standards',
  '/youSaid/perspectives': 'who said it',
  '/youSaid/strength': 'how many said it',
  '/youSaid/themes': 'the themes',
  '/weDid/status': 'where it stands',
  '/weDid/text': 'what is done',
  '/weDid/reason': 'the reason',
  '/weDid/owner': 'who looks after it',
  '/weDid/dueOn': 'the date of the promise',
  '/weDid/completedOn': 'when it was done',
  '/weDid/milestones': 'the steps on the way',
  '/weDid/evidence': 'where it can be seen',
  '/difference': 'what difference it made',
  '/lookAgainOn': 'when you look again',
};

/** Which parts of a record change, in words. */
function changedParts(before: LoopRecord, after: LoopRecord): string[] {
  const said = ({ title, youSaid, weDid, difference, lookAgainOn }: LoopRecord) =>
    ({ title, youSaid, weDid, difference, lookAgainOn }) as unknown as JsonObject;
  return changesBetween(said(before), said(after))
    .map(({ pointer }) => partWords[pointer])
    .filter((words) => words !== undefined);
}
