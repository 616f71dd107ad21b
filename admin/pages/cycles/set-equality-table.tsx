import { Radios } from '../../components/Radios.tsx';
import { setUpPage } from './set-up-page.tsx';

const title = 'Is it published who took part, by ethnic group?';

export const setEqualityTablePage = setUpPage({
  task: 'equality-table',
  title,
  labels: { equalityTable: 'Equality table' },
  initial: (cycle) => ({ equalityTable: cycle.equalityTable ? 'yes' : 'no' }),
  show: ({ fields, errors }) => (
    <>
      <Radios
        legend={{ text: title, size: 'l', headingLevel: 1 }}
        hint="A table for the whole cycle shows whether everybody was reached. It is never shown beside a rating or by service, and small groups are hidden in it."
        name="equalityTable"
        value={fields.raw('equalityTable')}
        errorMessage={errors.of('equalityTable')}
        items={[
          { value: 'yes', text: 'Yes, as one table for the whole cycle' },
          { value: 'no', text: 'No, not even as numbers' },
        ]}
      />
      <p>People are told before they answer, so this cannot change once the cycle is open.</p>
    </>
  ),
  read: async (fields) => {
    const chosen = fields.text('equalityTable');
    if (chosen !== 'yes' && chosen !== 'no')
      return [{ field: 'equalityTable', text: 'Select whether it is published' }];
    return { equalityTable: chosen === 'yes' };
  },
});
