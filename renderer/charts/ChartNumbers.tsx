import { HTMLTable } from '@blueprintjs/core';
import { formatNumber } from '../ui/format.ts';
import type { ChartTable } from './chart-data.ts';

/** The numbers of a chart, to read. */
export function ChartNumbers({ title, table }: { readonly title: string; readonly table: ChartTable }) {
  return (
    <div className="chart-numbers" tabIndex={0} role="region" aria-label={`${title}, numbers`}>
      <HTMLTable compact striped>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            // The rows of a chart have no identity but their place.
            <tr key={index}>
              {row.map((value, column) => (
                <td key={table.columns[column]}>
                  {typeof value === 'number' ? plain(value) : (value ?? '–')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </HTMLTable>
    </div>
  );
}

const plain = (value: number): string =>
  Number.isInteger(value) ? formatNumber(value, 0) : formatNumber(value, Math.abs(value) < 10 ? 4 : 1);
