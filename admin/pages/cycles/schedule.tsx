import { timeWords } from '../../words.ts';
import { transitionPage } from './transition-page.tsx';

export const scheduleCyclePage = transitionPage({
  task: 'schedule',
  to: 'scheduled',
  from: ['draft'],
  title: 'Schedule this cycle',
  back: 'check',
  consequences: (cycle) => (
    <>
      <p>
        It opens by itself on {timeWords(cycle.opensAt)}, and closes on {timeWords(cycle.closesAt)}.
      </p>
      <p>
        From now on everybody can see that it is coming. Until it opens everything can still be
        changed; from then on nothing that people were promised can.
      </p>
    </>
  ),
  button: 'Schedule it',
  isFinal: false,
  done: 'scheduled',
});
