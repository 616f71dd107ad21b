import { changeLoopRecord } from '../../../api/loop-records/contract.ts';
import { Button } from '../../components/Button.tsx';
import { CharacterCount } from '../../components/CharacterCount.tsx';
import { DateInput } from '../../components/DateInput.tsx';
import { dayFields, dayValues, readDay } from '../../dates.ts';
import { Fields } from '../../fields.ts';
import { Form } from '../../form.tsx';
import { formPage, Redirect } from '../../page.tsx';
import { UrgentHelp } from '../../urgent-help.tsx';
import { backTo, ownRecord, recordHref, versionFor, versionOf } from './own-record.ts';

const LOOK_AGAIN = 'lookAgainOn';
const ON_DAY = `${LOOK_AGAIN}-day`;

export const differencePage = formPage({
  path: '/console/loop-records/:loopRecordId/difference',
  roles: ['publisher'],
  load: ownRecord,
  initial: ({ record }) =>
    Fields.of({ difference: record.difference, ...dayFields(LOOK_AGAIN, record.lookAgainOn) }),
  labels: { difference: 'What is different', [ON_DAY]: 'When you look again' },
  fieldOf: (place) => (place === LOOK_AGAIN ? ON_DAY : place),
  show: ({ loaded, fields, errors }) => ({
    title: 'What difference did it make?',
    back: backTo(loaded),
    body: (
      <>
        <h1 class="nhsuk-heading-l">What difference did it make?</h1>
        <UrgentHelp />
        <Form hidden={versionFor(fields, errors, loaded)}>
          <CharacterCount
            label={{ text: 'What is different for people now (optional)', size: 's' }}
            hint="What they notice themselves. Leave it empty while nobody can tell."
            name="difference"
            maxlength={4000}
            threshold={75}
            value={fields.raw('difference')}
            errorMessage={errors.of('difference')}
          />
          <DateInput
            legend={{ text: 'When do you look again? (optional)', size: 's' }}
            hint="To see whether it lasted"
            name={LOOK_AGAIN}
            values={dayValues(fields, LOOK_AGAIN)}
            errorMessage={errors.of(ON_DAY)}
          />
          <Button preventDoubleClick>Save</Button>
        </Form>
      </>
    ),
  }),
  save: async ({ api, params }, fields) => {
    const lookAgainOn = readDay(fields, LOOK_AGAIN);
    if (lookAgainOn === 'wrong')
      return [{ field: ON_DAY, text: 'Enter when you look again as a date, such as 1 3 2027' }];
    const loopRecordId = params.loopRecordId ?? '';
    await api.call(changeLoopRecord, {
      params: { loopRecordId },
      version: versionOf(fields),
      body: { difference: fields.textOrNull('difference'), lookAgainOn },
    });
    return new Redirect(recordHref(loopRecordId, '?done=saved'));
  },
});
