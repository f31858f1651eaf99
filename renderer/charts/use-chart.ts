import type { RefObject } from 'react';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTheme } from '../ui/theme.ts';
import { chartTheme } from './chart-theme.ts';
import type { ECharts, EChartsOption } from './echarts.ts';
import { init } from './echarts.ts';

export interface ChartOptions {
  /** `svg` for few marks and crisp export; `canvas` above about a thousand marks and for live curves. */
  readonly renderer?: 'svg' | 'canvas';
  /** Called once per instance, to listen to its events. */
  readonly onReady?: (chart: ECharts) => void;
}

export interface ChartHandle {
  readonly element: RefObject<HTMLDivElement | null>;
  readonly chart: RefObject<ECharts | null>;
}

const still = window.matchMedia('(prefers-reduced-motion: reduce)');

/**
 * One ECharts instance in one element: made once, told of new options, resized with its element, re-coloured with the
 * theme and disposed at the end. Descriptions for screen readers are on; motion is short, and off where asked.
 */
export function useChart(option: EChartsOption, options: ChartOptions = {}): ChartHandle {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const theme = useTheme();
  const renderer = options.renderer ?? 'svg';
  const ready = useEffectEvent((made: ECharts) => options.onReady?.(made));

  useEffect(() => {
    if (element.current === null) return;
    const made = init(element.current, chartTheme(), { renderer });
    chart.current = made;
    ready(made);
    const watcher = new ResizeObserver(() => made.resize());
    watcher.observe(element.current);
    return () => {
      watcher.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, [renderer]);

  useEffect(() => {
    chart.current?.setTheme(chartTheme());
  }, [theme]);

  useEffect(() => {
    chart.current?.setOption(
      {
        animation: !still.matches,
        animationDuration: 120,
        animationDurationUpdate: 120,
        aria: { enabled: true },
        ...option,
      },
      { notMerge: true, lazyUpdate: true },
    );
  }, [option, renderer]);

  return { element, chart };
}
