import type { Axis, ChartSeries, Mark, X } from './series.ts';
import { axisName, axisNumber, endsApart } from './series.ts';
import { plainLabel, seriesColours } from './chart-theme.ts';
import type { EChartsOption } from './echarts.ts';

export interface LineChartSpec {
  readonly x: Axis & { readonly kind: 'value' | 'time' | 'category' };
  readonly y: Axis;
  readonly yRight?: Axis;
  readonly series: readonly ChartSeries[];
  readonly marks?: readonly Mark[];
  /** Shades ranges of x: reference and current window. */
  readonly areas?: readonly { readonly from: X; readonly to: X; readonly label: string }[];
}

/** What ECharts draws for a line chart: bands under lines, a name at the end of each line, marks on the first. */
export function lineOption(spec: LineChartSpec): EChartsOption {
  const colours = seriesColours();
  const yAxis = (axis: Axis) => ({
    type: 'value' as const,
    name: axisName(axis),
    nameLocation: 'end' as const,
    nameTextStyle: { align: 'left' as const },
    scale: axis.min === undefined,
    axisLabel: { formatter: axisNumber },
    ...(axis.min === undefined ? {} : { min: axis.min }),
    ...(axis.max === undefined ? {} : { max: axis.max }),
  });
  const several = spec.series.length > 1;
  const named = several && endsApart(spec.series);
  const longest = named ? Math.max(...spec.series.map(({ name }) => name.length)) : 0;
  return {
    grid: {
      top: several && !named ? 60 : 36,
      left: 8,
      bottom: 28,
      right: spec.yRight !== undefined ? 56 : named ? Math.min(160, 16 + longest * 7) : 16,
      containLabel: true,
    },
    ...(several && !named
      ? {
          legend: {
            top: 0,
            left: 0,
            itemWidth: 20,
            itemHeight: 8,
            icon: 'roundRect',
            data: spec.series.map(({ name }) => name),
          },
        }
      : {}),
    tooltip: {
      trigger: 'axis',
      confine: true,
      valueFormatter: (value) => (value === null || value === undefined ? '–' : axisNumber(Number(value))),
    },
    xAxis: xAxis(spec.x),
    yAxis: spec.yRight === undefined ? yAxis(spec.y) : [yAxis(spec.y), yAxis(spec.yRight)],
    series: spec.series.flatMap((series, index) => {
      const colour = colours[(series.colour ?? index + 1) - 1] ?? '';
      const axis = series.rightAxis === true && spec.yRight !== undefined ? { yAxisIndex: 1 } : {};
      return [
        ...band(series, index, colour, axis),
        {
          type: 'line' as const,
          name: series.name,
          ...axis,
          data: series.points.map(([x, y]) => [x, y] as [X, number]),
          showSymbol: series.points.length <= 24,
          symbolSize: 5,
          connectNulls: false,
          lineStyle: {
            width: 2,
            color: colour,
            type: series.dashed === true ? ('dashed' as const) : ('solid' as const),
          },
          itemStyle: { color: colour },
          ...(named
            ? {
                endLabel: { show: true, formatter: series.name, color: colour, distance: 6 },
                labelLayout: { moveOverlap: 'shiftY' as const },
              }
            : {}),
          ...(index === 0 ? markings(spec) : {}),
        },
      ];
    }),
  };
}

function xAxis(axis: LineChartSpec['x']): NonNullable<EChartsOption['xAxis']> {
  const shared = {
    name: axisName(axis),
    nameLocation: 'middle' as const,
    nameGap: 26,
    ...(axis.min === undefined ? {} : { min: axis.min }),
    ...(axis.max === undefined ? {} : { max: axis.max }),
  };
  if (axis.kind === 'value') return { type: 'value', ...shared, axisLabel: { formatter: axisNumber } };
  return axis.kind === 'time' ? { type: 'time', ...shared } : { type: 'category', ...shared };
}

/** A band is two stacked invisible lines of which the upper fills down to the lower. */
function band(series: ChartSeries, index: number, colour: string, axis: object) {
  if (series.band === undefined || series.band.length === 0) return [];
  const shared = {
    ...axis,
    type: 'line' as const,
    stack: `band-${index}`,
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
    tooltip: { show: false },
  };
  return [
    {
      ...shared,
      stackStrategy: 'all' as const,
      data: series.band.map(([x, low]) => [x, low] as [X, number]),
    },
    {
      ...shared,
      stackStrategy: 'all' as const,
      data: series.band.map(([x, low, high]) => [x, high - low] as [X, number]),
      areaStyle: { color: colour, opacity: 0.15 },
    },
  ];
}

function markings(spec: LineChartSpec): object {
  const marks = spec.marks ?? [];
  const areas = spec.areas ?? [];
  return {
    ...(marks.length === 0
      ? {}
      : {
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { type: 'dashed' },
            data: marks.map(({ axis, at, label }) => ({
              ...(axis === 'x' ? { xAxis: at } : { yAxis: at }),
              label: { ...plainLabel(), formatter: label, position: axis === 'x' ? 'end' : 'insideEndTop' },
            })),
          },
        }),
    ...(areas.length === 0
      ? {}
      : {
          markArea: {
            silent: true,
            itemStyle: { opacity: 0.12 },
            label: plainLabel(),
            data: areas.map(({ from, to, label }) => [{ xAxis: from, name: label }, { xAxis: to }]),
          },
        }),
  };
}
