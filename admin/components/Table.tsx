import { type Content, isShown, joined, type Size } from './parts.ts';

/** The heading of a column, or a cell. */
export type TableCell = {
  content: Content;
  /**
   * Numbers stand to the right, digit under digit; said at a heading, it holds for its column, where
   * `string` is for a cell without a number, such as one that is hidden.
   */
  format?: 'numeric' | 'string' | undefined;
  /** Of the column, said at its heading. */
  width?: 'one-half' | 'one-third' | 'two-thirds' | 'one-quarter' | 'three-quarters' | undefined;
  visuallyHiddenText?: string | undefined;
  colspan?: number | undefined;
  rowspan?: number | undefined;
  classes?: string | undefined;
};

type Row = readonly (string | TableCell | false | undefined)[];

/** Rows with the same columns. A cell that is text needs no object. */
export type TableProps = {
  caption?: Content;
  captionSize?: Size | undefined;
  captionClasses?: string | undefined;
  head?: Row | undefined;
  rows: readonly (Row | false | undefined)[];
  firstCellIsHeader?: boolean | undefined;
  /** On narrow screens each row becomes a list of its own with the headings repeated. */
  responsive?: boolean | undefined;
  compact?: boolean | undefined;
  striped?: boolean | undefined;
  border?: boolean | undefined;
  lastRowBorder?: boolean | undefined;
  id?: string | undefined;
  classes?: string | undefined;
};

function cellsOf(row: Row): TableCell[] {
  return row
    .filter((cell) => cell !== undefined && cell !== false)
    .map((cell) => (typeof cell === 'string' ? { content: cell } : cell));
}

function CellContent({ cell }: { cell: TableCell }) {
  return (
    <>
      {cell.content}
      {cell.visuallyHiddenText && (
        <span class="nhsuk-u-visually-hidden">
          {isShown(cell.content) && ' '}
          {cell.visuallyHiddenText}
        </span>
      )}
    </>
  );
}

/** A responsive table is displayed as blocks, which takes its roles away: they are said again. */
function Cell({
  cell,
  header,
  isHeader,
  responsive,
}: {
  cell: TableCell;
  header: TableCell | undefined;
  isHeader: boolean;
  responsive: boolean;
}) {
  const Tag = isHeader ? 'th' : 'td';
  const className = isHeader ? 'nhsuk-table__header' : 'nhsuk-table__cell';
  const format = cell.format ?? header?.format;
  const content = <CellContent cell={cell} />;
  return (
    <Tag
      class={joined(
        className,
        format === 'numeric' && `${className}--numeric`,
        cell.format === 'string' && header?.format === 'numeric' && 'nhsuk-u-text-align-right',
        cell.classes,
      )}
      scope={isHeader ? 'row' : undefined}
      role={responsive ? (isHeader ? 'rowheader' : 'cell') : undefined}
      colspan={responsive ? undefined : cell.colspan}
      rowspan={cell.rowspan}
    >
      {responsive && header ? (
        <>
          <span class="nhsuk-table__heading" aria-hidden="true">
            <CellContent cell={header} />{' '}
          </span>
          {typeof cell.content === 'string' ? content : <span>{content}</span>}
        </>
      ) : (
        content
      )}
    </Tag>
  );
}

function Head({ head, responsive }: { head: readonly TableCell[]; responsive: boolean }) {
  return (
    <thead class="nhsuk-table__head" role={responsive ? 'rowgroup' : undefined}>
      <tr class="nhsuk-table__row" role={responsive ? 'row' : undefined}>
        {head.map((cell) => (
          <th
            class={joined(
              'nhsuk-table__header',
              cell.format === 'numeric' && 'nhsuk-table__header--numeric',
              cell.width && `nhsuk-u-width-${cell.width}`,
              cell.classes,
            )}
            scope="col"
            role={responsive ? 'columnheader' : undefined}
            colspan={responsive ? undefined : cell.colspan}
            rowspan={cell.rowspan}
          >
            <CellContent cell={cell} />
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** See {@link TableProps}. */
export function Table({
  caption,
  captionSize,
  captionClasses,
  head = [],
  rows,
  firstCellIsHeader = false,
  responsive = false,
  compact,
  striped,
  border,
  lastRowBorder,
  id,
  classes,
}: TableProps) {
  const headers = cellsOf(head);
  return (
    <table
      class={joined(
        'nhsuk-table',
        compact && 'nhsuk-table--compact',
        responsive && 'nhsuk-table--responsive',
        border === false && 'nhsuk-table--no-border',
        border !== false && lastRowBorder === false && 'nhsuk-table--no-last-row-border',
        striped && 'nhsuk-table--striped',
        classes,
      )}
      id={id}
      role={responsive ? 'table' : undefined}
    >
      {isShown(caption) && (
        <caption
          class={joined(
            'nhsuk-table__caption',
            captionSize && `nhsuk-table__caption--${captionSize}`,
            captionClasses,
          )}
        >
          {caption}
        </caption>
      )}
      {headers.length > 0 && <Head head={headers} responsive={responsive} />}
      <tbody class="nhsuk-table__body">
        {rows.map(
          (row) =>
            row && (
              <tr class="nhsuk-table__row" role={responsive ? 'row' : undefined}>
                {cellsOf(row).map((cell, index) => (
                  <Cell
                    cell={cell}
                    header={headers[index]}
                    isHeader={firstCellIsHeader && index === 0}
                    responsive={responsive}
                  />
                ))}
              </tr>
            ),
        )}
      </tbody>
    </table>
  );
}
