import { type Content, joined } from './parts.ts';

/** A tab and what it shows. */
export type TabsItem = { label: string; panel: Content; id?: string | undefined };

/** Several views of one thing; without the script, one below the other with a list of links above. */
export function Tabs({
  items,
  title = 'Contents',
  id,
  idPrefix = id ?? 'tab',
}: {
  items: readonly TabsItem[];
  /** The heading above the list of links, where the script does not run. */
  title?: string | undefined;
  id?: string | undefined;
  idPrefix?: string | undefined;
}) {
  const idAt = (item: TabsItem, index: number) => item.id ?? `${idPrefix}-${index + 1}`;
  return (
    <div class="nhsuk-tabs" id={id} data-module="nhsuk-tabs">
      <h2 class="nhsuk-tabs__heading">{title}</h2>
      <ul class="nhsuk-tabs__list">
        {items.map((item, index) => (
          <li
            class={joined(
              'nhsuk-tabs__list-item',
              index === 0 && 'nhsuk-tabs__list-item--selected',
            )}
          >
            <a class="nhsuk-tabs__tab" href={`#${idAt(item, index)}`}>
              {item.label}
            </a>
          </li>
        ))}
      </ul>
      {items.map((item, index) => (
        <div
          class={joined('nhsuk-tabs__panel', index > 0 && 'nhsuk-tabs__panel--hidden')}
          id={idAt(item, index)}
        >
          {item.panel}
        </div>
      ))}
    </div>
  );
}
