import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useTheme } from '../ui/theme.ts';
import { ChartFrame } from './ChartFrame.tsx';
import { plainLabel, seriesColours } from './chart-theme.ts';
import type { EChartsOption } from './echarts.ts';
import type { Axis } from './series.ts';
import { axisName, axisNumber } from './series.ts';
import type { ChartOptions } from './use-chart.ts';
import { useChart } from './use-chart.ts';

interface BarChartSpec {
  /** What the bars stand for, such as "Template". */
  readonly category: string;
  readonly categories: readonly string[];
  readonly value: Axis;
  /** One value per category. */
  readonly series: readonly {
    readonly name: string;
    readonly values: readonly (number | null)[];
    readonly colour?: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
  }[];
  /** Bars to the right, for long names. */
  readonly horizontal?: boolean;
  readonly stacked?: boolean;
  /** A level worth a line: a threshold. */
  readonly mark?: { readonly at: number; readonly label: string };
}

interface BarChartProps extends BarChartSpec, ChartOptions {
  readonly title: string;
  readonly note?: ReactNode;
  readonly height?: number;
}

export function BarChart(props: BarChartProps) {
  const { title, note, category, categories, value, series, horizontal, stacked, mark, renderer, onReady } =
    props;
  const theme = useTheme();
  const option = useMemo(
    () =>
      barOption({
        category,
        categories,
        value,
        series,
        horizontal: horizontal ?? false,
        stacked: stacked ?? false,
        ...(mark === undefined ? {} : { mark }),
      }),
    // The theme counts: the option holds its colours.
    // oxlint-disable-next-line react/exhaustive-deps
    [category, categories, value, series, horizontal, stacked, mark, theme],
  );
  const handle = useChart(option, {
    ...(renderer === undefined ? {} : { renderer }),
    ...(onReady === undefined ? {} : { onReady }),
  });
  const table = useMemo(
    () => ({
      columns: [category, ...series.map(({ name }) => name)],
      rows: categories.map((name, index) => [name, ...series.map(({ values }) => values[index] ?? null)]),
    }),
    [category, categories, series],
  );
  const natural = horizontal === true ? 64 + categories.length * Math.max(20, 10 * series.length + 8) : 220;
  return (
    <ChartFrame title={title} note={note} table={table} chart={handle.chart} height={props.height ?? natural}>
      <div ref={handle.element} className="chart-canvas" />
    </ChartFrame>
  );
}

function barOption(spec: BarChartSpec): EChartsOption {
  const colours = seriesColours();
  const named = spec.series.length > 1;
  const names = {
    type: 'category' as const,
    data: [...spec.categories],
    ...(spec.horizontal === true
      ? { inverse: true, axisLabel: { width: 180, overflow: 'truncate' as const } }
      : { name: spec.category, nameLocation: 'middle' as const, nameGap: 26 }),
  };
  const numbers = {
    type: 'value' as const,
    name: axisName(spec.value),
    ...(spec.horizontal === true
      ? { nameLocation: 'middle' as const, nameGap: 26 }
      : { nameLocation: 'end' as const, nameTextStyle: { align: 'left' as const } }),
    axisLabel: { formatter: axisNumber },
    ...(spec.value.min === undefined ? {} : { min: spec.value.min }),
    ...(spec.value.max === undefined ? {} : { max: spec.value.max }),
  };
  const mark = spec.mark;
  return {
    grid: {
      top: spec.horizontal === true ? (named ? 32 : 8) : named ? 56 : 36,
      left: 8,
      right: 24,
      bottom: 28,
      containLabel: true,
    },
    tooltip: { trigger: 'axis', confine: true, axisPointer: { type: 'shadow' } },
    ...(named ? { legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12 } } : {}),
    ...(spec.horizontal === true ? { xAxis: numbers, yAxis: names } : { xAxis: names, yAxis: numbers }),
    series: spec.series.map((series, index) => ({
      type: 'bar' as const,
      name: series.name,
      data: [...series.values] as number[],
      barMaxWidth: 28,
      itemStyle: { color: colours[(series.colour ?? index + 1) - 1] ?? '' },
      ...(spec.stacked === true ? { stack: 'all' } : {}),
      ...(index === 0 && mark !== undefined
        ? {
            markLine: {
              silent: true,
              symbol: 'none',
              lineStyle: { type: 'dashed' as const },
              data: [
                {
                  ...(spec.horizontal === true ? { xAxis: mark.at } : { yAxis: mark.at }),
                  label: { ...plainLabel(), formatter: mark.label, position: 'insideEndTop' as const },
                },
              ],
            },
          }
        : {}),
    })),
  };
}
