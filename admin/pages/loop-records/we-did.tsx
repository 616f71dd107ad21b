import { changeLoopRecord } from '../../../api/loop-records/contract.ts';
import { settled } from '../../../domain/loop.ts';
import { type LoopStatus, loopStatuses } from '../../../domain/vocabulary.ts';
import { Button } from '../../components/Button.tsx';
import { CharacterCount } from '../../components/CharacterCount.tsx';
import { DateInput } from '../../components/DateInput.tsx';
import { Input } from '../../components/Input.tsx';
import { Radios } from '../../components/Radios.tsx';
import { dayFields, dayValues } from '../../dates.ts';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { type FormShown, formPage, Redirect } from '../../page.tsx';
import { UrgentHelp } from '../../urgent-help.tsx';
import { loopStatusWords } from '../../words.ts';
import {
  backTo,
  type OwnRecord,
  ownRecord,
  recordHref,
  versionFor,
  versionOf,
} from './own-record.ts';
import {
  COMPLETED,
  DUE,
  fieldOf,
  labels,
  REOPENED,
  readWeDid,
  reasonField,
} from './we-did-fields.ts';
import {
  EvidenceRows,
  evidenceFields,
  MilestoneRows,
  milestoneFields,
  withRowChanged,
} from './we-did-rows.tsx';

export const weDidPage = formPage({
  path: '/console/loop-records/:loopRecordId/we-did',
  roles: ['publisher'],
  load: ownRecord,
  initial: ({ record: { weDid } }) =>
    Fields.of({
      'weDid.status': weDid.status,
      // A reason that is left over from before it was done is none for taking it up again.
      [reasonField(weDid.status)]: weDid.status === 'done' ? null : weDid.reason,
      'weDid.text': weDid.text,
      'weDid.owner': weDid.owner,
      ...dayFields(DUE, weDid.dueOn),
      ...dayFields(COMPLETED, weDid.completedOn),
      ...milestoneFields(weDid.milestones),
      ...evidenceFields(weDid.evidence),
    }),
  labels,
  fieldOf,
  show: (shown) => ({
    title: 'What did you do about it?',
    back: backTo(shown.loaded),
    body: (
      <>
        <h1 class="nhsuk-heading-l">What did you do about it?</h1>
        <UrgentHelp />
        <p>
          Say what is true, also where it is “no”. People who took the trouble to tell you are owed
          an honest answer with a reason more than a kind one without.
        </p>
        <WeDidForm {...shown} />
      </>
    ),
  }),
  save: async ({ api, params }, fields) => {
    const changed = withRowChanged(fields);
    if (changed !== null) return changed;
    const weDid = readWeDid(fields);
    if ('errors' in weDid) return weDid.errors;
    const loopRecordId = params.loopRecordId ?? '';
    await api.call(changeLoopRecord, {
      params: { loopRecordId },
      version: versionOf(fields),
      body: { weDid },
    });
    return new Redirect(recordHref(loopRecordId, '?done=saved'));
  },
});

/** What each status asks for further. */
function statusItems({ fields, errors }: Pick<FormShown<OwnRecord>, 'fields' | 'errors'>) {
  const why = (status: LoopStatus, hint: string) => (
    <CharacterCount
      label="Because"
      hint={hint}
      name={reasonField(status)}
      maxlength={4000}
      threshold={75}
      rows={3}
      value={fields.raw(reasonField(status))}
      errorMessage={errors.of(reasonField(status))}
    />
  );
  const conditional: Partial<Record<LoopStatus, ReturnType<typeof why>>> = {
    done: (
      <DateInput
        legend="When was it done? (optional)"
        name={COMPLETED}
        values={dayValues(fields, COMPLETED)}
        errorMessage={errors.of(`${COMPLETED}-day`)}
      />
    ),
    cannot_do: why('cannot_do', '“No, because …”: the real reason, in plain words'),
    no_longer_needed: why('no_longer_needed', 'What changed, so that nobody needs it any more'),
  };
  return loopStatuses.map((status) => ({
    text: loopStatusWords[status],
    value: status,
    conditional: conditional[status],
  }));
}

function WeDidForm({ loaded, fields, errors }: FormShown<OwnRecord>) {
  const before = loaded.record.weDid;
  const canReopen = settled.includes(before.status);
  return (
    <Form hidden={{ ...versionFor(fields, errors, loaded), statusBefore: before.status }}>
      <Radios
        legend={{ text: 'Where does it stand?', size: 's' }}
        name="weDid.status"
        value={fields.raw('weDid.status')}
        errorMessage={errors.of('weDid.status')}
        items={statusItems({ fields, errors })}
      />
      {(canReopen || before.reason !== null) && (
        <CharacterCount
          label={{ text: 'Why it is taken up again', size: 's' }}
          hint={
            canReopen
              ? 'Only where it is being considered, planned or in progress again: people read why.'
              : 'People read why it was taken up again.'
          }
          name={REOPENED}
          maxlength={4000}
          threshold={75}
          rows={3}
          value={fields.raw(REOPENED)}
          errorMessage={errors.of(REOPENED)}
        />
      )}
      <CharacterCount
        label={{ text: 'What you did, or will do', size: 's' }}
        hint="In plain words. Where it is done: what has changed. Where it cannot be done: what you can do instead, if there is anything."
        name="weDid.text"
        maxlength={4000}
        threshold={75}
        value={fields.raw('weDid.text')}
        errorMessage={errors.of('weDid.text')}
      />
      <Input
        label={{ text: 'Who looks after it (optional)', size: 's' }}
        hint="A role, such as Ward manager. Never the name of a person."
        name="weDid.owner"
        value={fields.raw('weDid.owner')}
        errorMessage={errors.of('weDid.owner')}
      />
      <DateInput
        legend={{ text: 'By when will it be done? (optional)', size: 's' }}
        hint="A promise has a date. When it has passed, everybody sees that it is overdue."
        name={DUE}
        values={dayValues(fields, DUE)}
        errorMessage={errors.of(`${DUE}-day`)}
      />
      <MilestoneRows fields={fields} errors={errors} />
      <EvidenceRows fields={fields} errors={errors} />
      <Button preventDoubleClick>Save</Button>
    </Form>
  );
}
