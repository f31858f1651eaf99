import { useEffect, useRef } from 'react';
import type { RunSeries } from '../../../workers/api/training.ts';
import { useEvent } from '../../engine-client/use-event.ts';
import { useQuery } from '../../engine-client/use-query.ts';

/** Twice a second is as live as an eye needs, and leaves the frames to the keyboard. */
const gap = 500;

/** Curves of runs; while one of them trains they are asked for anew, but never more often than the eye can follow. */
export function useRunSeries(runIds: readonly number[], live: boolean): readonly RunSeries[] | undefined {
  const { data, refresh } = useQuery(
    'training.series',
    { runIds: [...runIds] },
    { refreshOn: ['run.changed'] },
  );
  const last = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEvent('run.step', ({ runId }) => {
    if (!live || timer.current !== undefined || !runIds.includes(runId)) return;
    timer.current = setTimeout(
      () => {
        timer.current = undefined;
        last.current = performance.now();
        refresh();
      },
      Math.max(0, last.current + gap - performance.now()),
    );
  });
  return data;
}
