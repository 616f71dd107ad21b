import { listStandardSets } from '../../../api/standard-sets/contract.ts';
import { Select } from '../../components/Select.tsx';
import { setUpPage } from './set-up-page.tsx';
import { readSetVersion, setVersionItems, setVersionValue } from './set-version.ts';

const title = 'Are people asked about this evaluation itself?';

export const setAboutEvaluationPage = setUpPage({
  task: 'about-this-evaluation',
  title,
  labels: { aboutThisEvaluation: 'Questions about this evaluation' },
  load: async ({ api }) =>
    (await api.call(listStandardSets, { query: { limit: '100' } })).body.items,
  initial: ({ aboutThisEvaluation }) => ({
    aboutThisEvaluation: aboutThisEvaluation && setVersionValue(aboutThisEvaluation),
  }),
  show: ({ more, fields, errors }) => (
    <Select
      label={{ text: title, size: 'l', headingLevel: 1 }}
      hint="Whether it felt safe to be honest, say. They are rated last, and results are shown by the same rules."
      name="aboutThisEvaluation"
      value={fields.raw('aboutThisEvaluation')}
      errorMessage={errors.of('aboutThisEvaluation')}
      items={[{ text: 'No, they are not', value: '' }, ...setVersionItems(more)]}
    />
  ),
  read: async (fields) => ({
    aboutThisEvaluation: readSetVersion(fields.text('aboutThisEvaluation')),
  }),
});
