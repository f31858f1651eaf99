import { Button, Menu, MenuItem, PopoverNext } from '@blueprintjs/core';
import type { ReactNode, RefObject } from 'react';
import { useState } from 'react';
import { saveFromMemory } from '../ui/files.ts';
import { showError } from '../ui/toaster.ts';
import type { ChartTable } from './chart-data.ts';
import { toCsv } from './chart-data.ts';
import { ChartNumbers } from './ChartNumbers.tsx';
import type { ECharts } from './echarts.ts';
import { pngOf, svgOf } from './export-image.ts';
import './chart-frame.css';

interface ChartFrameProps {
  readonly title: string;
  /** Definition, n, window: a line below the title. */
  readonly note?: ReactNode;
  readonly table: ChartTable;
  readonly chart: RefObject<ECharts | null>;
  readonly height: number;
  readonly children: ReactNode;
}

/** Title, the drawing, the same numbers as a table (key `t`), and the ways to take both along. */
export function ChartFrame({ title, note, table, chart, height, children }: ChartFrameProps) {
  const [asTable, setAsTable] = useState(false);
  const name = title.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase();
  const save = (make: (drawn: ECharts) => Promise<Blob | null>, suffix: string): void => {
    if (chart.current === null) return;
    make(chart.current)
      .then((blob) => blob !== null && saveFromMemory(`${name}.${suffix}`, blob))
      .catch(showError);
  };
  const saveCsv = (): void => saveFromMemory(`${name}.csv`, new Blob([toCsv(table)], { type: 'text/csv' }));
  return (
    <figure
      className="chart-frame"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== 't' || event.ctrlKey || event.metaKey || event.altKey) return;
        event.stopPropagation();
        setAsTable(!asTable);
      }}
    >
      <figcaption>
        <div className="chart-frame-title">
          <span>{title}</span>
          {note !== undefined && <span className="chart-frame-note">{note}</span>}
        </div>
        <Button
          variant="minimal"
          size="small"
          icon={asTable ? 'timeline-line-chart' : 'th'}
          aria-pressed={asTable}
          aria-label={`${title} as a table`}
          title="The same numbers as a table (T)"
          onClick={() => setAsTable(!asTable)}
        />
        <PopoverNext
          placement="bottom-end"
          content={
            <Menu>
              <MenuItem text="Save numbers as CSV" onClick={saveCsv} />
              <MenuItem text="Save image as PNG" disabled={asTable} onClick={() => save(pngOf, 'png')} />
              <MenuItem text="Save image as SVG" disabled={asTable} onClick={() => save(svgOf, 'svg')} />
            </Menu>
          }
        >
          <Button
            variant="minimal"
            size="small"
            icon="export"
            aria-label={`Export ${title}`}
            title="Export"
          />
        </PopoverNext>
      </figcaption>
      <div className="chart-frame-body" style={{ height }}>
        {/* The drawing stays mounted below the table, so that coming back costs nothing. */}
        <div className="chart-frame-drawing" hidden={asTable}>
          {children}
        </div>
        {asTable && <ChartNumbers title={title} table={table} />}
      </div>
    </figure>
  );
}
