import { SummaryList } from '../../components/SummaryList.tsx';
import { hrefOf, type Released, shownWords } from './released.ts';

/** Whose numbers a page shows, and the way to those of others. */
export function ShownGroup({ released }: { released: Released }) {
  const { organisations, services } = released.cycle;
  const hasOthers = organisations.length > 1 || services.length > 0;
  return (
    <SummaryList
      rows={[
        {
          key: 'Numbers of',
          value: shownWords(released),
          actions: [
            hasOthers && {
              text: 'Change',
              href: hrefOf(released, '/groups'),
              visuallyHiddenText: 'whose numbers are shown',
            },
          ],
        },
      ]}
    />
  );
}
