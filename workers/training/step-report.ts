import type { StepRecord, TrainThread } from './train-task.ts';

const progressGap = 200;

export interface StepReport {
  add(step: StepRecord): void;
  flush(): void;
}

/** Sends iterations in batches, at most five messages a second. */
export function createStepReport(thread: TrainThread, maxIterations: number): StepReport {
  const began = performance.now();
  let firstIteration: number | null = null;
  let sent = -Infinity;
  let waiting: StepRecord[] = [];
  function flush(): void {
    const last = waiting.at(-1);
    if (last === undefined) return;
    const done = last.iteration - (firstIteration ?? last.iteration) + 1;
    const perIteration = (performance.now() - began) / 1000 / done;
    thread.progress({
      kind: 'steps',
      steps: waiting,
      secondsLeft: perIteration * (maxIterations - last.iteration),
    });
    waiting = [];
    sent = performance.now();
  }
  return {
    add(step) {
      firstIteration ??= step.iteration;
      waiting.push(step);
      if (performance.now() - sent >= progressGap) flush();
    },
    flush,
  };
}
