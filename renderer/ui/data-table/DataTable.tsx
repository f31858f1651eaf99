import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import type { KeyboardEvent, ReactNode } from 'react';
import { useId, useMemo, useRef, useState } from 'react';
import { Skeleton } from '../Skeleton.tsx';
import type { Column, Sort } from './column.ts';
import { nextSort, sortRows } from './column.ts';
import { moveInTable } from './move.ts';
import { TableHead } from './TableHead.tsx';
import './data-table.css';

interface DataTableProps<Row> {
  /** What the rows are, for screen readers. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** undefined while the first answer is under way. */
  readonly rows: readonly Row[] | undefined;
  readonly rowKey: (row: Row) => string | number;
  /** Shown instead of the table when there are no rows. */
  readonly empty?: ReactNode;
  readonly initialSort?: Sort;
  /** For a list that the engine sorts: the order in force, and what to do when another is wanted. */
  readonly sort?: Sort | null;
  readonly onSort?: (sort: Sort | null) => void;
  readonly selectedKey?: string | number | null;
  /** The row under the keyboard or the mouse became another one. */
  readonly onSelect?: (row: Row) => void;
  /** Enter or a double click. */
  readonly onOpen?: (row: Row) => void;
  /** Rows marked with the space bar, for acts on many. */
  readonly checkedKeys?: ReadonlySet<string | number>;
  readonly onToggle?: (row: Row) => void;
  /** Rows of the whole list where only the first pages are here; `onEndReached` asks for more. */
  readonly total?: number;
  readonly onEndReached?: () => void;
  readonly rowHeight?: number;
}

/**
 * A table of any length: only rows in sight are in the document. The table holds the focus and names its active row,
 * so focus survives scrolling; arrows, Home, End and Page keys move, Enter opens, Space marks.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, rowKey, onSelect, onOpen, onToggle, onEndReached } = props;
  const [ownSort, setOwnSort] = useState<Sort | null>(props.initialSort ?? null);
  const controlled = props.onSort !== undefined;
  const sort = controlled ? (props.sort ?? null) : ownSort;
  const sorted = useMemo(
    () => (rows === undefined || controlled ? rows : sortRows(rows, columns, sort)),
    [rows, columns, sort, controlled],
  );
  const [activeKey, setActiveKey] = useState<string | number | null>(null);
  const wanted = props.selectedKey ?? activeKey;
  const active = sorted?.findIndex((row) => rowKey(row) === wanted) ?? -1;
  const scroller = useRef<HTMLDivElement>(null);
  const tableId = useId();
  const rowHeight = props.rowHeight ?? 32;
  const count = sorted?.length ?? 0;
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    // Rows begin below the sticky headings, and must not hide behind them.
    paddingStart: headHeight,
    scrollPaddingStart: headHeight,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return active < 0 || shown.includes(active) ? shown : [...shown, active].toSorted((a, b) => a - b);
    },
    onChange: (instance) => {
      const last = instance.range?.endIndex ?? 0;
      if (count > 0 && last >= count - 1 && count < (props.total ?? count)) onEndReached?.();
    },
  });

  if (sorted === undefined) return <Skeleton lines={8} />;
  if (sorted.length === 0 && props.empty !== undefined) return props.empty;

  const select = (index: number): void => {
    const row = sorted[index];
    if (row === undefined) return;
    setActiveKey(rowKey(row));
    virtual.scrollToIndex(index, { align: 'auto' });
    onSelect?.(row);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const row = sorted[active];
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 2);
    const next = moveInTable(event.key, active, sorted.length, page);
    if (next !== null) select(next);
    else if (event.key === 'Enter' && row !== undefined && onOpen !== undefined) onOpen(row);
    else if (event.key === ' ' && row !== undefined && onToggle !== undefined) onToggle(row);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const template = columns.map((column) => column.width ?? 'minmax(96px, 1fr)').join(' ');

  return (
    <div
      ref={scroller}
      className="data-table"
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={(props.total ?? sorted.length) + 1}
      aria-activedescendant={active >= 0 ? `${tableId}-${active}` : undefined}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (
          event.target === event.currentTarget &&
          active < 0 &&
          event.currentTarget.matches(':focus-visible')
        )
          select(0);
      }}
    >
      <TableHead
        columns={columns}
        template={template}
        sort={sort}
        onSort={(column) =>
          controlled ? props.onSort?.(nextSort(sort, column)) : setOwnSort(nextSort(sort, column))
        }
      />
      <div
        role="rowgroup"
        className="data-table-body"
        style={{ height: virtual.getTotalSize() - headHeight }}
      >
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = sorted[index];
          if (row === undefined) return null;
          const checked = props.checkedKeys?.has(rowKey(row));
          return (
            <div
              key={rowKey(row)}
              id={`${tableId}-${index}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={checked ?? index === active}
              className={`data-table-row${index === active ? ' data-table-row-active' : ''}${checked === true ? ' data-table-row-checked' : ''}`}
              style={{
                gridTemplateColumns: template,
                height: rowHeight,
                transform: `translateY(${start - headHeight}px)`,
              }}
              onClick={() => select(index)}
              onDoubleClick={() => onOpen?.(row)}
            >
              {columns.map((column) => (
                <div
                  key={column.id}
                  role="gridcell"
                  className={
                    column.align === 'right' ? 'data-table-cell data-table-number' : 'data-table-cell'
                  }
                >
                  {column.render(row)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

const headHeight = 32;
