import { timeWords } from '../../words.ts';
import { transitionPage } from './transition-page.tsx';

export const closeCyclePage = transitionPage({
  task: 'close',
  to: 'closed',
  from: ['open'],
  title: 'Close this cycle now',
  back: '',
  consequences: (cycle) => (
    <>
      <p>People were told that they can take part until {timeWords(cycle.closesAt)}.</p>
      <p>
        Once it is closed nobody can take part any more, and it cannot be opened again. What has
        come so far is counted when the results are released.
      </p>
    </>
  ),
  button: 'Close it now',
  isFinal: true,
  done: 'closed',
});
