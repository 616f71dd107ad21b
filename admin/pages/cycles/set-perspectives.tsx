import { type Perspective, perspectives } from '../../../domain/vocabulary.ts';
import { Checkboxes } from '../../components/Checkboxes.tsx';
import { perspectiveWords } from '../../words.ts';
import { setUpPage } from './set-up-page.tsx';

const title = 'Who is asked?';

export const setPerspectivesPage = setUpPage({
  task: 'perspectives',
  title,
  labels: { perspectives: 'Who is asked' },
  initial: (cycle) => ({ perspectives: cycle.perspectives }),
  show: ({ fields, errors }) => (
    <Checkboxes
      legend={{ text: title, size: 'l', headingLevel: 1 }}
      hint="Results show side by side what each of these groups says. People say themselves from which role they speak."
      name="perspectives"
      values={fields.all('perspectives')}
      errorMessage={errors.of('perspectives')}
      items={perspectives.map((each) => ({ text: perspectiveWords[each], value: each }))}
    />
  ),
  read: async (fields) => {
    const chosen = fields.all('perspectives');
    if (chosen.length === 0)
      return [{ field: 'perspectives', text: 'Select at least one group of people' }];
    return { perspectives: [...chosen] as Perspective[] };
  },
});
