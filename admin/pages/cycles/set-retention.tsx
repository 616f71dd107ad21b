import { Input } from '../../components/Input.tsx';
import { setUpPage } from './set-up-page.tsx';

const title = 'How long is kept what people sent?';
const MAX_DAYS = 3650;

export const setRetentionPage = setUpPage({
  task: 'retention',
  title,
  labels: { retentionDays: 'Days' },
  initial: (cycle) => ({ retentionDays: cycle.retentionDays }),
  show: ({ fields, errors }) => (
    <>
      <Input
        label={{ text: title, size: 'l', headingLevel: 1 }}
        hint={`So many days after closing, from 1 to ${MAX_DAYS.toLocaleString('en-GB')}. Then ratings, texts and equality answers are deleted.`}
        name="retentionDays"
        width={5}
        inputmode="numeric"
        suffix="days"
        value={fields.raw('retentionDays')}
        errorMessage={errors.of('retentionDays')}
      />
      <p>
        Keep it as short as you can: what is not there cannot be misused. What was released stays.
        After this time no corrected release can be made.
      </p>
    </>
  ),
  read: async (fields) => {
    const retentionDays = fields.wholeNumber('retentionDays');
    if (retentionDays === null || retentionDays < 1 || retentionDays > MAX_DAYS)
      return [
        {
          field: 'retentionDays',
          text: `Enter a whole number of days from 1 to ${MAX_DAYS.toLocaleString('en-GB')}`,
        },
      ];
    return { retentionDays };
  },
});
