import type { CrfModel, TemplateSet, Trainer, TrainerStep } from '../../crf-core/index.ts';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
import { createDevScorer } from './dev-scorer.ts';
import type { EarlyStopping } from './early-stopping.ts';
import { createEarlyStopping } from './early-stopping.ts';
import type { MemoryWatch } from './memory-watch.ts';
import type { PreparedNote } from './prepared-notes.ts';
import { createStepReport } from './step-report.ts';
import { stopWhenAsked } from './stop-when-asked.ts';
import type { TrainInput, TrainThread } from './train-task.ts';

const checkpointGap = 30_000;

export interface Learning {
  readonly trainer: Trainer;
  readonly templates: TemplateSet;
  readonly dev: readonly PreparedNote[];
  readonly memory: MemoryWatch;
}

export interface Learnt {
  readonly model: CrfModel;
  readonly iterations: number;
  readonly stopReason: string;
}

/** Steps until the trainer has converged, dev F1 no longer rises, or somebody asks to stop. */
export function learn(input: TrainInput, thread: TrainThread, learning: Learning): Learnt {
  const { trainer, templates, dev, memory } = learning;
  const { patience, maxIterations } = input.parameters;
  const resumed = input.checkpoint === null ? null : decodeCheckpoint(input.checkpoint);
  if (resumed !== null) trainer.restore(resumed.trainer);
  const stopping = createEarlyStopping(
    patience,
    resumed === null ? null : { state: resumed.patience, best: resumed.best },
  );
  const scorer = dev.length === 0 ? null : createDevScorer(dev, templates, trainer.model());
  const keepsBest = patience > 0 && scorer !== null;
  const report = createStepReport(thread, maxIterations);
  let lastCheckpoint = performance.now();
  let iteration = 0;

  for (;;) {
    if (thread.cancelled()) {
      report.flush();
      if (iteration > 0) sendCheckpoint(thread, trainer, stopping, iteration);
      stopWhenAsked(thread);
    }
    const step = trainer.step();
    iteration = step.iteration;
    const model = scorer === null ? null : trainer.model();
    const score = scorer === null || model === null ? null : scorer.score(model);
    const enough =
      score !== null && model !== null && keepsBest && stopping.see(iteration, score, () => model.weights);
    report.add({
      iteration,
      loss: step.loss,
      gradientNorm: step.gradientNorm,
      devF1: score?.f1 ?? null,
    });
    memory.look();
    if (step.done || enough) {
      report.flush();
      const best = keepsBest ? stopping.best() : null;
      const last = model ?? trainer.model();
      return {
        model: best === null ? last : { ...last, weights: { ...last.weights, ...best.weights } },
        iterations: iteration,
        stopReason: whyEnded(step, patience, best?.iteration ?? null),
      };
    }
    if (performance.now() - lastCheckpoint > checkpointGap) {
      sendCheckpoint(thread, trainer, stopping, iteration);
      lastCheckpoint = performance.now();
    }
  }
}

function whyEnded(step: TrainerStep, patience: number, bestIteration: number | null): string {
  const kept = bestIteration === null ? '' : `; weights of iteration ${String(bestIteration)} kept`;
  if (!step.done) return `no better dev F1 for ${String(patience)} iterations${kept}`;
  if (step.reason === 'iterations') return `maximum iterations${kept}`;
  if (step.reason === 'line-search') return `the line search found no lower loss${kept}`;
  return `converged${kept}`;
}

function sendCheckpoint(
  thread: TrainThread,
  trainer: Trainer,
  stopping: EarlyStopping,
  iteration: number,
): void {
  const bytes = encodeCheckpoint({
    trainer: trainer.checkpoint(),
    patience: stopping.state(),
    best: stopping.best()?.weights ?? null,
  });
  thread.progress({ kind: 'checkpoint', iteration, bytes });
}
