import { Table } from '../../components/Table.tsx';
import { WarningCallout } from '../../components/WarningCallout.tsx';
import { perspectiveWords } from '../../words.ts';
import type { LoopRecord } from './own-record.ts';

type Shown = LoopRecord['confirmations'];
type Counts = Pick<Shown, 'suppressed' | 'yes' | 'partly' | 'no' | 'tooSoon'>;

/** What people said when they were asked whether something has changed for them, or why it is not shown. */
export function Confirmations({
  confirmations,
  isContested,
}: {
  confirmations: Shown;
  isContested: boolean;
}) {
  if (confirmations.suppressed) {
    return (
      <p>
        Anybody can answer this without saying who they are. Too few have answered so far for the
        counts to be shown, so that nobody can work out who said what. That can also mean that
        nobody has.
      </p>
    );
  }
  const isHidden = confirmations.byPerspective.some(({ suppressed }) => suppressed);
  return (
    <>
      {isContested && (
        <WarningCallout heading="People say otherwise">
          The record says that it is done, and more people say that nothing changed for them than
          that it did. Look again, and say so in a new version.
        </WarningCallout>
      )}
      <Table
        caption="What people answered"
        responsive
        firstCellIsHeader
        head={[
          'Who',
          ...['Yes', 'Partly', 'No', 'Too soon'].map((content) => ({
            content,
            format: 'numeric' as const,
          })),
        ]}
        rows={[
          ['Everybody together', ...cells(confirmations)],
          ...confirmations.byPerspective.map((counts) => [
            perspectiveWords[counts.perspective],
            ...cells(counts),
          ]),
        ]}
      />
      <p>
        Counts are rounded.
        {isHidden && ' * stands for a number that is not shown, so that nobody is recognised.'}
      </p>
    </>
  );
}

function cells({ yes, partly, no, tooSoon }: Counts) {
  return [yes, partly, no, tooSoon].map((count) => (count === null ? '*' : String(count)));
}
