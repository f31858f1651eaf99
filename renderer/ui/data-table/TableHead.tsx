import { Icon } from '@blueprintjs/core';
import type { Column, Sort } from './column.ts';

interface TableHeadProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly template: string;
  readonly sort: Sort | null;
  readonly onSort: (column: string) => void;
}

/** Headings; a sortable one is a button that says its order. */
export function TableHead<Row>({ columns, template, sort, onSort }: TableHeadProps<Row>) {
  return (
    <div role="rowgroup" className="data-table-head">
      <div role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
        {columns.map((column) => {
          const direction = sort?.column === column.id ? sort.direction : 'none';
          const className =
            column.align === 'right' ? 'data-table-heading data-table-number' : 'data-table-heading';
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-sort={direction}
              className={className}
              title={column.hint}
            >
              {column.sortValue === undefined ? (
                <span>{column.title}</span>
              ) : (
                <button type="button" onClick={() => onSort(column.id)}>
                  <span>{column.title}</span>
                  {direction !== 'none' && (
                    <Icon
                      icon={direction === 'ascending' ? 'chevron-up' : 'chevron-down'}
                      size={12}
                      aria-hidden
                    />
                  )}
                </button>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
