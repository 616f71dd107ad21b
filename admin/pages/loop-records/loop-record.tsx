import { listLoopRecordVersions } from '../../../api/loop-record-versions/contract.ts';
import { ApiProblem } from '../../api-client.ts';
import { Button } from '../../components/Button.tsx';
import { InsetText } from '../../components/InsetText.tsx';
import { SummaryList } from '../../components/SummaryList.tsx';
import { Tag } from '../../components/Tag.tsx';
import { page, type Visit } from '../../page.tsx';
import {
  dayWords,
  listWords,
  loopStatusWords,
  perspectiveWords,
  strengthWords,
  timeWords,
} from '../../words.ts';
import { Confirmations } from './confirmations.tsx';
import { type LoopRecord, ownRecord, recordHref } from './own-record.ts';
import { enquiryCategoryWords, latenessWords, statusColours } from './record-words.ts';

const doneMessages: Readonly<Record<string, string>> = {
  saved: 'Saved. Nobody else reads it before you publish it.',
  published: 'Published. Everybody can read it now.',
};

export const loopRecordPage = page(
  '/console/loop-records/:loopRecordId',
  ['publisher'],
  async (visit) => {
    const [{ record }, versions] = await Promise.all([ownRecord(visit), publishedVersions(visit)]);
    const { title, version, publishedVersion, confirmations, contested } = record;
    const isDraft = publishedVersion === null;
    const isChanged = !isDraft && publishedVersion !== version;
    return {
      title,
      back: { href: '/console/loop-records', text: 'You said, we did' },
      done: doneMessages[visit.query.get('done') ?? ''],
      body: (
        <>
          <h1 class="nhsuk-heading-l">{title}</h1>
          <p>
            {isDraft && <Tag colour="grey">Draft</Tag>}
            {!isDraft && <Tag colour="green">Published</Tag>}{' '}
            {isChanged && <Tag colour="purple">Changed since published</Tag>}{' '}
            {record.weDid.overdue && <Tag colour="red">Overdue</Tag>}{' '}
            {contested && <Tag colour="orange">Contested</Tag>}
          </p>
          <Standing isDraft={isDraft} isChanged={isChanged} record={record} />
          <YouSaid record={record} />
          <WeDid record={record} now={visit.now} />
          <Difference record={record} />
          {!isDraft && (
            <>
              <h2 class="nhsuk-heading-m">Has this changed for people?</h2>
              <Confirmations confirmations={confirmations} isContested={contested} />
              <History id={record.id} versions={versions} serviceUrl={visit.serviceUrl} />
              <p>
                <a href={recordHref(record.id, '/withdraw')}>Withdraw this record</a>
              </p>
            </>
          )}
        </>
      ),
    };
  },
);

type Versions = readonly { version: number; publishedAt: string }[];

/** The versions that were published, the oldest first; none of a draft. */
async function publishedVersions({ api, params }: Visit): Promise<Versions> {
  try {
    const { body } = await api.call(listLoopRecordVersions, {
      params: { loopRecordId: params.loopRecordId ?? '' },
    });
    return body.items;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return [];
    throw error;
  }
}

function Standing({
  isDraft,
  isChanged,
  record,
}: {
  isDraft: boolean;
  isChanged: boolean;
  record: LoopRecord;
}) {
  const preview = recordHref(record.id, '/preview');
  if (!isDraft && !isChanged) {
    return (
      <p>
        Everybody can read it as it stands here. What you change stays with you until you publish it
        again. <a href={preview}>See it as the public does</a>
      </p>
    );
  }
  return (
    <>
      <InsetText>
        {isDraft
          ? `Only staff of ${record.organisation} see this. It is not published yet.`
          : 'You changed it since it was published. The public still reads it as it was.'}
      </InsetText>
      <Button href={preview}>Preview and publish</Button>
    </>
  );
}

const none = 'Not said';
const textOf = (text: string | null) =>
  text === null ? none : <span class="fc-text">{text}</span>;
const countOf = (items: readonly unknown[]) => (items.length === 0 ? 'None' : String(items.length));

/** `People who use services, carers and staff`. */
function sentenceOf(groups: readonly string[]) {
  return listWords(groups.map((group, index) => (index === 0 ? group : group.toLowerCase())));
}

function change(id: string, rest: string, what: string) {
  return [{ text: 'Change', href: recordHref(id, rest), visuallyHiddenText: what }];
}

function YouSaid({ record: { id, youSaid } }: { record: LoopRecord }) {
  const { perspectives, strength, enquiryCategory, theme, themes, standards } = youSaid;
  const said = change(id, '/you-said', 'what people said');
  return (
    <>
      <h2 class="nhsuk-heading-m">You said</h2>
      <SummaryList
        rows={[
          { key: 'What people said', value: textOf(youSaid.text), actions: said },
          theme !== null && { key: 'About', value: theme },
          enquiryCategory !== null && {
            key: 'Part of their experience',
            value: enquiryCategoryWords[enquiryCategory],
          },
          {
            key: 'Who said it',
            value:
              perspectives.length === 0
                ? none
                : sentenceOf(perspectives.map((each) => perspectiveWords[each])),
          },
          { key: 'How many said it', value: strength === null ? none : strengthWords[strength] },
          {
            key: 'Themes',
            value: countOf(themes),
            actions: change(id, '/themes', 'themes'),
          },
          {
            key: 'Standards',
            value: countOf(standards),
            actions: change(id, '/standards', 'standards'),
          },
        ]}
      />
    </>
  );
}

function WeDid({ record: { id, weDid }, now }: { record: LoopRecord; now: Date }) {
  const { status, text, reason, owner, dueOn, completedOn, overdue, milestones, evidence } = weDid;
  return (
    <>
      <h2 class="nhsuk-heading-m">We did</h2>
      <SummaryList
        rows={[
          {
            key: 'Where it stands',
            value: <Tag colour={statusColours[status]}>{loopStatusWords[status]}</Tag>,
            actions: change(id, '/we-did', 'what you did'),
          },
          reason !== null && { key: 'Because', value: textOf(reason) },
          { key: 'What is done', value: textOf(text) },
          { key: 'Who looks after it', value: owner ?? none },
          {
            key: 'Promised by',
            value:
              dueOn === null
                ? none
                : `${dayWords(dueOn)}${overdue ? `, ${latenessWords(dueOn, now)}` : ''}`,
          },
          completedOn !== null && { key: 'Done on', value: dayWords(completedOn) },
          milestones.length > 0 && {
            key: 'Steps on the way',
            value: (
              <ul class="nhsuk-list">
                {milestones.map((step) => (
                  <li>
                    {dayWords(step.on)}: {step.text}
                  </li>
                ))}
              </ul>
            ),
          },
          evidence.length > 0 && {
            key: 'Where it can be seen',
            value: (
              <ul class="nhsuk-list">
                {evidence.map(({ title, href }) => (
                  <li>
                    <a href={href} rel="noreferrer">
                      {title}
                    </a>
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </>
  );
}

function Difference({ record: { id, difference, lookAgainOn } }: { record: LoopRecord }) {
  return (
    <>
      <h2 class="nhsuk-heading-m">What difference it made</h2>
      <SummaryList
        rows={[
          {
            key: 'What is different',
            value: textOf(difference),
            actions: change(id, '/difference', 'what difference it made'),
          },
          { key: 'Look again on', value: lookAgainOn === null ? none : dayWords(lookAgainOn) },
        ]}
      />
    </>
  );
}

function History({
  id,
  versions,
  serviceUrl,
}: {
  id: string;
  versions: Versions;
  serviceUrl: string;
}) {
  const publicHref = `/v1/loop-records/${id}`;
  return (
    <>
      <h2 class="nhsuk-heading-m">What was published</h2>
      <p>Every version stays readable for everybody, so that nothing changes silently.</p>
      <ul>
        {[...versions].reverse().map(({ version, publishedAt }) => (
          <li>
            <a href={recordHref(id, `/versions/${version}`)}>Version {version}</a>, published on{' '}
            {timeWords(publishedAt)}
          </li>
        ))}
      </ul>
      <p class="fc-text">
        Its public address: <a href={publicHref}>{`${serviceUrl}${publicHref}`}</a>
      </p>
    </>
  );
}
