import { confirmLoopRecord } from '../../api/confirmations/contract.ts';
import { getLoopRecord, listLoopRecords } from '../../api/loop-records/contract.ts';
import {
  type ConfirmationAnswer,
  confirmationAnswers,
  type Perspective,
  perspectives,
} from '../../domain/vocabulary.ts';
import type { ApiClient } from '../api-client.ts';
import { Button } from '../components/Button.tsx';
import { Pagination } from '../components/Pagination.tsx';
import { Radios } from '../components/Radios.tsx';
import { Select } from '../components/Select.tsx';
import { Tag } from '../components/Tag.tsx';
import type { Fields } from '../fields.ts';
import { FormErrors, noErrors } from '../form-errors.ts';
import type { View } from '../page.tsx';
import { Confirmations } from '../pages/loop-records/confirmations.tsx';
import { PublicRecord } from '../pages/loop-records/public-record.tsx';
import { UrgentHelp } from '../urgent-help.tsx';
import { loopStatusWords, perspectiveWords } from '../words.ts';

const answerWords: Readonly<Record<ConfirmationAnswer, string>> = {
  yes: 'Yes',
  partly: 'Partly',
  no: 'No',
  too_soon: 'It is too soon to tell',
};

/** What was answered to people of an organisation or a cycle, or (without either) to anybody. */
export async function recordsPage(api: ApiClient, address: string): Promise<View> {
  const url = new URL(address);
  const given = (name: string) => url.searchParams.get(name) ?? undefined;
  const { body } = await api.call(listLoopRecords, {
    query: { organisation: given('organisation'), cycle: given('cycle'), cursor: given('cursor') },
  });
  const next = new URL(url);
  next.searchParams.set('cursor', body.next ?? '');
  return {
    title: 'You said, we did',
    body: (
      <>
        <h1 class="nhsuk-heading-l">You said, we did</h1>
        <p>
          What people said about services, what was done about it, and whether it made a difference.
          You can say for each whether it has changed for you, without giving a name.
        </p>
        {body.items.length === 0 && <p>Nothing is published here yet. Please look again later.</p>}
        {body.items.map(({ id, title, youSaid, weDid }) => (
          <>
            <h2 class="nhsuk-heading-m nhsuk-u-margin-bottom-2">
              <a href={`/you-said-we-did/${id}`}>{title}</a>
            </h2>
            <p class="fc-text">{youSaid.text}</p>
            <p>
              <Tag>{loopStatusWords[weDid.status]}</Tag>{' '}
              {weDid.overdue && <Tag colour="red">Overdue</Tag>}
            </p>
          </>
        ))}
        {body.next !== null && (
          <Pagination next={{ href: `${next.pathname}${next.search}`, text: 'Next page' }} />
        )}
      </>
    ),
  };
}

/** One record, and the question whether it has changed for whoever reads it. */
export async function recordPage(
  api: ApiClient,
  loopRecordId: string,
  { isThanked, fields, now }: { isThanked: boolean; fields?: Fields; now: Date },
): Promise<View & { errors: FormErrors }> {
  const { body: record } = await api.call(getLoopRecord, { params: { loopRecordId } });
  const errors =
    fields === undefined
      ? noErrors
      : new FormErrors([{ field: 'answer', text: 'Select whether it has changed for you' }]);
  return {
    title: record.title,
    errors,
    status: errors.isEmpty ? 200 : 422,
    back: {
      href: `/you-said-we-did?organisation=${record.organisation}`,
      text: 'You said, we did',
    },
    done: isThanked
      ? 'Thank you. Your answer is counted, and nothing else of it is kept.'
      : undefined,
    body: (
      <>
        <PublicRecord record={record} level={1} now={now} />
        <h2 class="nhsuk-heading-m">Has this changed for others?</h2>
        <Confirmations confirmations={record.confirmations} isContested={record.contested} />
        {!isThanked && (
          <>
            <h2 class="nhsuk-heading-m">Your answer</h2>
            <UrgentHelp />
            <form method="post" action={`/you-said-we-did/${record.id}`} novalidate>
              <Radios
                legend="Has this changed for you?"
                hint="Nobody can see who answered: no name, no address and no time is kept."
                name="answer"
                value={fields?.raw('answer')}
                errorMessage={errors.of('answer')}
                items={confirmationAnswers.map((answer) => ({
                  value: answer,
                  text: answerWords[answer],
                }))}
              />
              <Select
                label="Who are you in this? You can leave it out."
                name="perspective"
                value={fields?.raw('perspective') ?? ''}
                items={[
                  { text: 'I would rather not say', value: '' },
                  ...perspectives.map((each) => ({ text: perspectiveWords[each], value: each })),
                ]}
              />
              <Button preventDoubleClick>Send my answer</Button>
            </form>
          </>
        )}
      </>
    ),
  };
}

/** Counts an answer. False: none was chosen. */
export async function answerForRecord(
  api: ApiClient,
  loopRecordId: string,
  fields: Fields,
): Promise<boolean> {
  const answer = confirmationAnswers.find((each) => each === fields.raw('answer'));
  if (answer === undefined) return false;
  const perspective = perspectives.find((each) => each === fields.raw('perspective'));
  await api.call(confirmLoopRecord, {
    params: { loopRecordId },
    body: { answer, ...(perspective !== undefined && { perspective: perspective as Perspective }) },
  });
  return true;
}
