import { Card, type CardProps } from './Card.tsx';
import { CardAction, type CardActionProps } from './CardAction.tsx';
import { type Content, joined } from './parts.ts';

/** What is known about one thing, and how each part of it is changed. */
export type SummaryListRow = {
  key: Content;
  value: Content;
  actions?: readonly (CardActionProps | false | undefined)[] | undefined;
  border?: boolean | undefined;
};

/** What is known about one thing: keys, values and what can be done. */
export type SummaryListProps = {
  rows: readonly (SummaryListRow | false | undefined)[];
  border?: boolean | undefined;
  lastRowBorder?: boolean | undefined;
  /** The card the list stands in, where there are several lists. */
  card?: CardProps | undefined;
  classes?: string | undefined;
};

function Actions({ actions, of }: { actions: readonly CardActionProps[]; of: Content }) {
  const [first, second] = actions;
  if (!first) return null;
  return (
    <dd class="nhsuk-summary-list__actions">
      {second ? (
        <ul class="nhsuk-summary-list__actions-list">
          {actions.map((action) => (
            <li class="nhsuk-summary-list__actions-list-item">
              <CardAction {...action} of={of} />
            </li>
          ))}
        </ul>
      ) : (
        <CardAction {...first} of={of} />
      )}
    </dd>
  );
}

/** See {@link SummaryListProps}. */
export function SummaryList({ rows, border, lastRowBorder, card, classes }: SummaryListProps) {
  const shown = rows
    .filter((row) => row !== undefined && row !== false)
    .map((row) => ({
      ...row,
      actions: (row.actions ?? []).filter((action) => action !== undefined && action !== false),
    }));
  const hasActions = shown.some(({ actions }) => actions.length > 0);
  const list = (
    <dl
      class={joined(
        'nhsuk-summary-list',
        border === false && 'nhsuk-summary-list--no-border',
        border !== false && lastRowBorder === false && 'nhsuk-summary-list--no-last-row-border',
        classes,
      )}
    >
      {shown.map(({ key, value, actions, border: rowBorder }) => (
        <div
          class={joined(
            'nhsuk-summary-list__row',
            hasActions && actions.length === 0 && 'nhsuk-summary-list__row--no-actions',
            rowBorder === false && 'nhsuk-summary-list__row--no-border',
          )}
        >
          <dt class="nhsuk-summary-list__key">{key}</dt>
          <dd class="nhsuk-summary-list__value">{value}</dd>
          <Actions actions={actions} of={card?.heading} />
        </div>
      ))}
    </dl>
  );
  return card ? <Card {...card}>{list}</Card> : list;
}
