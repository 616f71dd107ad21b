import { DateInput } from '../../components/DateInput.tsx';
import { dayFields, dayValues, readDay } from '../../dates.ts';
import { setUpPage } from './set-up-page.tsx';

const title = 'When are people invited to look again?';

export const setLookAgainPage = setUpPage({
  task: 'look-again',
  title,
  labels: { 'lookAgainOn-day': 'Day' },
  fieldOf: (place) => `${place}-day`,
  initial: (cycle) => dayFields('lookAgainOn', cycle.lookAgainOn),
  show: ({ fields, errors }) => (
    <>
      <DateInput
        legend={{ text: title, size: 'l', headingLevel: 1 }}
        hint="The day by which you mean to tell what was done about it. For example, 6 8 2027. Leave it empty if you do not know yet."
        name="lookAgainOn"
        values={dayValues(fields, 'lookAgainOn')}
        errorMessage={errors.of('lookAgainOn-day')}
      />
      <p>
        People are told this day with the cycle, since asking without telling what came of it hurts
        trust.
      </p>
    </>
  ),
  read: async (fields) => {
    const lookAgainOn = readDay(fields, 'lookAgainOn');
    if (lookAgainOn === 'wrong')
      return [{ field: 'lookAgainOn-day', text: 'Enter the day as a real date, such as 6 8 2027' }];
    return { lookAgainOn };
  },
});
