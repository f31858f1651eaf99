import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { formatDateTime } from '../ui/format.ts';
import { useTheme } from '../ui/theme.ts';
import type { ChartTable } from './chart-data.ts';
import { joinSeries } from './chart-data.ts';
import { ChartFrame } from './ChartFrame.tsx';
import type { LineChartSpec } from './line-option.ts';
import { lineOption } from './line-option.ts';
import { axisName } from './series.ts';
import type { ChartOptions } from './use-chart.ts';
import { useChart } from './use-chart.ts';

interface LineChartProps extends LineChartSpec, ChartOptions {
  readonly title: string;
  readonly note?: ReactNode;
  readonly height?: number;
  /** The points change several times a second: drawn on canvas, without motion. */
  readonly live?: boolean;
}

/** Lines over numbers, time or categories, with intervals as bands and thresholds as marks. */
export function LineChart(props: LineChartProps) {
  const {
    title,
    note,
    height = 220,
    x,
    y,
    yRight,
    series,
    marks,
    areas,
    renderer,
    onReady,
    live = false,
  } = props;
  const theme = useTheme();
  const option = useMemo(
    () => ({
      ...(live ? { animation: false } : {}),
      ...lineOption({
        x,
        y,
        series,
        ...(yRight === undefined ? {} : { yRight }),
        ...(marks === undefined ? {} : { marks }),
        ...(areas === undefined ? {} : { areas }),
      }),
    }),
    // The theme counts: the option holds its colours.
    // oxlint-disable-next-line react/exhaustive-deps
    [x, y, yRight, series, marks, areas, theme, live],
  );
  const points = series.reduce((sum, each) => sum + each.points.length, 0);
  const handle = useChart(option, {
    renderer: renderer ?? (live || points > 1000 ? 'canvas' : 'svg'),
    ...(onReady === undefined ? {} : { onReady }),
  });
  const table = useMemo(() => tableOf(x, series), [x, series]);
  return (
    <ChartFrame title={title} note={note} table={table} chart={handle.chart} height={height}>
      <div ref={handle.element} className="chart-canvas" />
    </ChartFrame>
  );
}

function tableOf(x: LineChartSpec['x'], series: LineChartSpec['series']): ChartTable {
  const table = joinSeries(axisName(x), series);
  if (x.kind !== 'time') return table;
  return {
    ...table,
    rows: table.rows.map(([at, ...rest]) => [
      typeof at === 'number' ? formatDateTime(at) : (at ?? null),
      ...rest,
    ]),
  };
}
