import { type Content, isShown, joined } from './parts.ts';

/** One of the steps of a task. */
export type TaskListItem = {
  heading: Content;
  /** Left out for a step that cannot be started yet. */
  href?: string | undefined;
  hint?: Content;
  /** A {@link Tag}, or for a step that is done, plain text. */
  status: Content;
};

/** The steps of a task that takes more than one sitting, in any order, and how far each is. */
export function TaskList({
  items,
  idPrefix = 'task-list',
}: {
  items: readonly (TaskListItem | false | undefined)[];
  idPrefix?: string | undefined;
}) {
  return (
    <ul class="nhsuk-task-list">
      {items.map((item, index) => {
        if (!item) return null;
        const hintId = `${idPrefix}-${index + 1}-hint`;
        const statusId = `${idPrefix}-${index + 1}-status`;
        return (
          <li
            class={joined('nhsuk-task-list__item', item.href && 'nhsuk-task-list__item--with-link')}
          >
            <div class="nhsuk-task-list__name-and-hint">
              {item.href ? (
                <a
                  class="nhsuk-task-list__link nhsuk-link"
                  href={item.href}
                  aria-describedby={joined(isShown(item.hint) && hintId, statusId)}
                >
                  {item.heading}
                </a>
              ) : (
                <div>{item.heading}</div>
              )}
              {isShown(item.hint) && (
                <div class="nhsuk-task-list__hint" id={hintId}>
                  {item.hint}
                </div>
              )}
            </div>
            <div class="nhsuk-task-list__status" id={statusId}>
              {item.status}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
