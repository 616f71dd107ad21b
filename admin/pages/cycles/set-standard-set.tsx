import { listStandardSets } from '../../../api/standard-sets/contract.ts';
import { Select } from '../../components/Select.tsx';
import { setUpPage } from './set-up-page.tsx';
import { readSetVersion, setVersionItems, setVersionValue } from './set-version.ts';

const title = 'What do people rate?';

export const setStandardSetPage = setUpPage({
  task: 'standard-set',
  title,
  labels: { standardSet: 'Set of standards' },
  load: async ({ api }) =>
    (await api.call(listStandardSets, { query: { limit: '100' } })).body.items,
  initial: (cycle) => ({ standardSet: setVersionValue(cycle.standardSet) }),
  show: ({ more, fields, errors }) => (
    <>
      <Select
        label={{ text: title, size: 'l', headingLevel: 1 }}
        hint="A published set of standards, written together with people who use services. Keep the set of the last cycle to see what has changed since."
        name="standardSet"
        value={fields.raw('standardSet')}
        errorMessage={errors.of('standardSet')}
        items={setVersionItems(more)}
      />
      <p>
        <a href="/console/standards">Read the sets of standards</a>
      </p>
    </>
  ),
  read: async (fields) => {
    const standardSet = readSetVersion(fields.text('standardSet'));
    if (standardSet === null)
      return [{ field: 'standardSet', text: 'Select the standards that people rate' }];
    return { standardSet };
  },
});
