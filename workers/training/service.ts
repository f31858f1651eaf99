import { MedspanError } from '../api/errors.ts';
import type { trainingMethods } from '../api/training.ts';
import type { ParsedRunSpec, RunDetail } from '../api/training.ts';
import type { AreaService, EngineContext } from '../engine/context.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import { compareRuns } from './comparison.ts';
import { differenceTask } from './difference-task.ts';
import { readErrorSentences } from './error-sentences.ts';
import { estimateTask } from './estimate-task.ts';
import { exportTask } from './export-task.ts';
import { createLiveCurves, toSeries } from './live-curves.ts';
import { editRun, getRun, listRuns, splitSource } from './queries.ts';
import { readModel, readSteps } from './result-queries.ts';
import type { StartedRun } from './run-keeper.ts';
import { createRunKeeper } from './run-keeper.ts';
import { toRunDetail, toRunRow } from './run-rows.ts';
import { summarise } from './summary.ts';
import { listTemplateSets, saveTemplateSet, seedTemplateSets, templateSetText } from './template-sets.ts';

export type { StartedRun } from './run-keeper.ts';
export { pairedDifference, readReadings } from './paired-difference.ts';
export type { Reading } from './paired-difference.ts';
export { segment, sentenceRanges } from './segments.ts';
export type { Segments } from './segments.ts';

export interface TrainingService extends AreaService<typeof trainingMethods> {
  /** Queues a run; `done` resolves when it has finished and rejects as it fails or is cancelled. */
  startRun(spec: ParsedRunSpec): StartedRun;
  run(runId: number): RunDetail;
}

/** The native model of a finished run. Errors: NOT_FOUND, NOT_ALLOWED where the run has none. */
export function modelBytes(db: ReadableDatabase, runId: number): Uint8Array {
  const bytes = readModel(db, runId);
  if (bytes !== null) return bytes;
  const run = findRun(db, runId);
  throw new MedspanError('NOT_ALLOWED', `Run “${run.name}” is ${run.state} and has no model.`, { runId });
}

/** The split that a run was trained on. */
export function splitOfRun(db: ReadableDatabase, runId: number): number {
  return findRun(db, runId).splitId;
}

function findRun(db: ReadableDatabase, runId: number): RunDetail {
  const stored = getRun(db, runId);
  if (stored === undefined) {
    throw new MedspanError('NOT_FOUND', `There is no run ${String(runId)} in this workspace.`, { runId });
  }
  return toRunDetail(stored);
}

function finishedRun(db: ReadableDatabase, runId: number): RunDetail {
  const run = findRun(db, runId);
  if (run.state !== 'finished') {
    throw new MedspanError('NOT_ALLOWED', `Run “${run.name}” is ${run.state}; it has no predictions.`, {
      runId,
    });
  }
  return run;
}

export function createTrainingService(context: EngineContext): TrainingService {
  const { db, compute, events, now } = context;
  const curves = createLiveCurves();
  const keeper = createRunKeeper(context, curves);

  return {
    startRun: keeper.start,
    run: (runId) => findRun(db, runId),

    handlers: {
      'training.summary': () => summarise(db),
      'training.templateSets': () => listTemplateSets(db),
      'training.saveTemplateSet': ({ name, definition }) => saveTemplateSet(db, name, definition, now()),
      'training.estimate': async ({ splitId, templateSetId, parameters }, { signal }) => {
        if (splitSource(db, splitId) === undefined) {
          throw new MedspanError('NOT_FOUND', `There is no split ${String(splitId)}.`, { splitId });
        }
        const templateSet = JSON.parse(templateSetText(db, templateSetId));
        return compute.run(estimateTask, { splitId, templateSet, parameters }, { signal });
      },
      'training.start': (spec) => ids(keeper.start(spec)),
      'training.cancel': ({ runId }) => {
        keeper.cancel(runId);
        return null;
      },
      'training.resume': ({ runId }) => ids(keeper.resume(runId)),
      'training.restart': ({ runId }) => ids(keeper.restart(runId)),
      'training.runs': (input) => {
        const { rows, total } = listRuns(db, { ...input, state: input.state });
        return { rows: rows.map(toRunRow), total };
      },
      'training.run': ({ runId }) => findRun(db, runId),
      'training.editRun': ({ runId, name, notes, tags }) => {
        const run = findRun(db, runId);
        editRun(db, runId, { name: name ?? run.name, notes: notes ?? run.notes, tags: tags ?? run.tags });
        events.emit('run.changed', { runId });
        return findRun(db, runId);
      },
      'training.series': ({ runIds }) =>
        runIds.map((runId) => {
          const live = curves.get(runId);
          return live === undefined
            ? toSeries(runId, readSteps(db, runId), null)
            : toSeries(runId, live.steps, live.secondsLeft);
        }),
      'training.errors': (input) => {
        finishedRun(db, input.runId);
        return readErrorSentences(db, input);
      },
      'training.compare': ({ runIds }) => compareRuns(runIds.map((runId) => findRun(db, runId))),
      'training.pairedDifference': ({ runId, baselineRunId, part }, { signal }) => {
        const { seed } = finishedRun(db, runId);
        finishedRun(db, baselineRunId);
        return compute.run(differenceTask, { runId, baselineRunId, part, seed }, { signal });
      },
      'training.exportPredictions': ({ runId, part, path }, { signal }) => {
        const { splitId } = finishedRun(db, runId);
        return compute.run(exportTask, { runId, splitId, part, path }, { signal });
      },
    },

    start() {
      seedTemplateSets(db, now());
      keeper.recover();
    },
    stop: () => keeper.settled(),
  };
}

function ids({ runId, jobId }: StartedRun): { runId: number; jobId: number } {
  return { runId, jobId };
}
