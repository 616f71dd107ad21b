import { DateInput } from '../../components/DateInput.tsx';
import { Input } from '../../components/Input.tsx';
import { dayFields, dayValues, londonOf, momentInLondon, readDay, readTime } from '../../dates.ts';
import type { Fields } from '../../fields.ts';
import type { FormError } from '../../form-errors.ts';
import { clockWords } from '../../words.ts';
import { setUpPage } from './set-up-page.tsx';

const ends = [
  { name: 'opensAt', legend: 'Opens on', time: 'Opens at', verb: 'opens' },
  { name: 'closesAt', legend: 'Closes on', time: 'Closes at', verb: 'closes' },
] as const;
type End = (typeof ends)[number];

export const setWindowPage = setUpPage({
  task: 'window',
  title: 'When is it open?',
  labels: { 'opensAt-day': 'Opens on', 'closesAt-day': 'Closes on' },
  fieldOf: (place) => `${place}-day`,
  initial: (cycle) =>
    Object.assign(
      {},
      ...ends.map(({ name }) => {
        const { day } = londonOf(cycle[name]);
        return { ...dayFields(name, day), [`${name}-time`]: clockWords(cycle[name]) };
      }),
    ),
  show: ({ fields, errors }) => (
    <>
      <h1 class="nhsuk-heading-l">When is it open?</h1>
      <p>
        People can take part between these times. Leave them long enough to hear of it, to ask, and
        to think: six weeks is usual. Times are those in London.
      </p>
      {ends.map(({ name, legend, time }) => (
        <>
          <DateInput
            legend={{ text: legend, size: 'm' }}
            hint="For example, 6 8 2027"
            name={name}
            values={dayValues(fields, name)}
            errorMessage={errors.of(`${name}-day`)}
          />
          <Input
            label={time}
            hint="For example, 9am or 17:30"
            name={`${name}-time`}
            width={10}
            value={fields.raw(`${name}-time`)}
            errorMessage={errors.of(`${name}-time`)}
          />
        </>
      ))}
    </>
  ),
  read: async (fields) => {
    const errors: FormError[] = [];
    const [opensAt, closesAt] = ends.map((end) => readEnd(fields, end, errors));
    if (!opensAt || !closesAt) return errors;
    if (closesAt <= opensAt)
      return [{ field: 'closesAt-day', text: 'Enter a closing time that is after the opening' }];
    return { opensAt, closesAt };
  },
});

/** The moment of one end of the window; what is wrong with it is added to the errors. */
function readEnd(fields: Fields, { name, verb }: End, errors: FormError[]): string | null {
  const day = readDay(fields, name);
  const time = readTime(fields.text(`${name}-time`));
  if (day === null)
    errors.push({ field: `${name}-day`, text: `Enter the day on which it ${verb}` });
  if (day === 'wrong')
    errors.push({
      field: `${name}-day`,
      text: `Enter the day on which it ${verb} as a real date, such as 6 8 2027`,
    });
  if (time === null)
    errors.push({
      field: `${name}-time`,
      text: `Enter the time at which it ${verb}, such as 9am or 17:30`,
    });
  return day === null || day === 'wrong' || time === null ? null : momentInLondon(day, time);
}
