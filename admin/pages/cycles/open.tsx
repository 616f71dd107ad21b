import { timeWords } from '../../words.ts';
import { transitionPage } from './transition-page.tsx';

export const openCyclePage = transitionPage({
  task: 'open',
  to: 'open',
  from: ['draft', 'scheduled'],
  title: 'Open this cycle now',
  back: 'check',
  consequences: (cycle) => (
    <>
      <p>People can take part at once, until {timeWords(cycle.closesAt)}.</p>
      <p>
        From then on nothing that people were promised can change: not the questions, not who sees
        what, not how long it is kept. Only more may be hidden. This cannot be undone.
      </p>
    </>
  ),
  button: 'Open it now',
  isFinal: true,
  done: 'opened',
});
