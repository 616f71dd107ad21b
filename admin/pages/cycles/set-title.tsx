import { Input } from '../../components/Input.tsx';
import { setUpPage } from './set-up-page.tsx';

const title = 'What is this evaluation called?';

export const setTitlePage = setUpPage({
  task: 'title',
  title,
  labels: { title: 'Title' },
  initial: (cycle) => ({ title: cycle.title }),
  show: ({ fields, errors }) => (
    <Input
      label={{ text: title, size: 'l', headingLevel: 1 }}
      hint="People see it first, such as How was your experience? Spring 2027"
      name="title"
      value={fields.raw('title')}
      errorMessage={errors.of('title')}
    />
  ),
  read: async (fields) => {
    if (fields.text('title') === '') return [{ field: 'title', text: 'Enter a title' }];
    return { title: fields.text('title') };
  },
});
