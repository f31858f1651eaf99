import { MedspanError } from '../api/errors.ts';
import type { ParsedRunSpec, RunParameters } from '../api/training.ts';
import type { EngineContext, JobHandle } from '../engine/context.ts';
import { describeEnvironment } from './environment.ts';
import { inTurns } from './in-turns.ts';
import type { LiveCurves } from './live-curves.ts';
import type { NewRun } from './queries.ts';
import {
  beginRun,
  endRun,
  getRun,
  insertRun,
  interruptRuns,
  jobOutcome,
  queueRun,
  splitSource,
} from './queries.ts';
import {
  dropCheckpoint,
  dropPredictions,
  dropStepsAfter,
  finishRun,
  readCheckpoint,
  readSteps,
  sealCheckpoint,
  storeArtifact,
  storeCheckpointPiece,
  storePrediction,
  storeSteps,
} from './result-queries.ts';
import type { StoredRunDetail } from './run-rows.ts';
import { describeRun, unusedName } from './run-name.ts';
import { templateSetText } from './template-sets.ts';
import type { TrainOutput, TrainProgress } from './train-task.ts';
import { trainTask } from './train-task.ts';
import { medspanVersion } from './versions.ts';

const checkpointPiece = 256 * 1024;

/** A run under way: its ids, and a promise of its end that rejects as the run fails. */
export interface StartedRun {
  readonly runId: number;
  readonly jobId: number;
  readonly done: Promise<{ readonly runId: number }>;
}

/** Starts runs, follows them and records how they end. */
export interface RunKeeper {
  start(spec: ParsedRunSpec): StartedRun;
  resume(runId: number): StartedRun;
  restart(runId: number): StartedRun;
  cancel(runId: number): void;
  /** Marks what an earlier process left behind. */
  recover(): void;
  /** Resolves once every run has recorded its end. */
  settled(): Promise<void>;
}

export function createRunKeeper(context: EngineContext, curves: LiveCurves): RunKeeper {
  const { db, events, jobs, compute, log, now } = context;
  const underWay = new Map<number, Promise<void>>();

  function transact(work: () => void): void {
    db.transaction(work).immediate();
  }

  function mustFind(runId: number): StoredRunDetail {
    const run = getRun(db, runId);
    if (run === undefined)
      throw new MedspanError('NOT_FOUND', `There is no run ${String(runId)}.`, { runId });
    return run;
  }

  function changed(runId: number): void {
    events.emit('run.changed', { runId });
  }

  /** Checkpoints are written one after the other, in pieces; one that is overtaken by the run's end is dropped. */
  function createCheckpointWriter(runId: number) {
    let queue = Promise.resolve();
    return {
      write(iteration: number, bytes: Uint8Array): void {
        const pieces: Uint8Array[] = [];
        for (let from = 0; from < bytes.byteLength; from += checkpointPiece) {
          pieces.push(bytes.subarray(from, from + checkpointPiece));
        }
        const steps = curves.get(runId)?.steps.filter((step) => step.iteration <= iteration) ?? [];
        queue = queue
          .then(() =>
            inTurns(pieces, transact, (piece, position) =>
              storeCheckpointPiece(db, runId, iteration, position, piece),
            ),
          )
          .then(() =>
            transact(() => {
              storeSteps(db, runId, steps, now());
              sealCheckpoint(db, runId, iteration);
            }),
          )
          .catch((error: unknown) => log.error('training.checkpoint-failed', error, { runId }));
      },
      flushed: () => queue,
    };
  }

  async function store(runId: number, output: TrainOutput, startedAt: number): Promise<void> {
    // Rows that nobody can see before the run is finished; then everything in one write.
    transact(() => dropPredictions(db, runId));
    await inTurns(output.notes, transact, (note) => storePrediction(db, runId, note));
    transact(() => {
      const artifactId = storeArtifact(db, output.modelSha256, output.model);
      storeSteps(db, runId, curves.get(runId)?.steps ?? [], now());
      dropCheckpoint(db, runId);
      finishRun(db, runId, artifactId, output, (now() - startedAt) / 1000, now());
    });
  }

  async function perform(run: StoredRunDetail, job: JobHandle, resumed: boolean): Promise<void> {
    const runId = run.id;
    const parameters = JSON.parse(run.parameters) as RunParameters;
    const checkpoint = resumed ? readCheckpoint(db, runId) : null;
    const startedAt = now();
    beginRun(db, runId, startedAt);
    if (resumed) dropStepsAfter(db, runId, run.checkpoint_iteration ?? 0);
    curves.begin(runId, readSteps(db, runId));
    changed(runId);
    const checkpoints = createCheckpointWriter(runId);

    function follow(progress: TrainProgress): void {
      if (progress.kind === 'steps') {
        curves.add(runId, progress.steps, progress.secondsLeft);
        const last = progress.steps.at(-1);
        if (last === undefined) return;
        job.progress(0.05 + (0.9 * last.iteration) / parameters.maxIterations);
        events.emit('run.step', { runId, ...last, secondsLeft: progress.secondsLeft });
      } else if (progress.kind === 'checkpoint') {
        checkpoints.write(progress.iteration, progress.bytes);
      } else if (progress.kind === 'evaluating') {
        job.progress(0.95);
      }
    }

    try {
      const output = await compute.run(
        trainTask,
        {
          splitId: run.split_id,
          templateSet: JSON.parse(run.template_set),
          parameters,
          seed: run.seed,
          checkpoint,
        },
        { signal: job.signal, onProgress: follow },
      );
      await checkpoints.flushed();
      await store(runId, output, startedAt);
      log.info('training.finished', { runId, iterations: output.iterations });
    } finally {
      await checkpoints.flushed();
    }
  }

  function launch(runId: number, resumed: boolean): StartedRun {
    const run = mustFind(runId);
    const job = jobs.start({
      kind: 'training.train',
      title: `Train “${run.name}”`,
      async run(handle) {
        await perform(run, handle, resumed);
        return { runId };
      },
    });
    queueRun(db, runId, job.id);
    const settled = job.done.then(
      () => undefined,
      () => {
        // The job's own record tells a person's cancel from a closing workspace and from a failure.
        const { state, error } = jobOutcome(db, job.id);
        const outcome = state === 'cancelled' || state === 'interrupted' ? state : 'failed';
        const steps = curves.get(runId)?.steps ?? [];
        transact(() => {
          if (steps.length > 0) storeSteps(db, runId, steps, now());
          endRun(db, runId, outcome, outcome === 'failed' ? error : null, now());
        });
      },
    );
    const ended = settled
      .catch((error: unknown) => log.error('training.end-not-recorded', error, { runId }))
      .finally(() => {
        underWay.delete(runId);
        curves.end(runId);
        changed(runId);
      });
    underWay.set(runId, ended);
    changed(runId);
    const done = ended.then(() => job.done);
    // Whoever starts a run without waiting for it reads its end in the table.
    done.catch(() => undefined);
    return { runId, jobId: job.id, done };
  }

  function create(run: Omit<NewRun, 'engineVersion' | 'environment' | 'profileId' | 'now'>): StartedRun {
    const runId = insertRun(db, {
      ...run,
      engineVersion: medspanVersion,
      environment: describeEnvironment(medspanVersion),
      profileId: context.profile().id,
      now: now(),
    });
    return launch(runId, false);
  }

  function start(spec: ParsedRunSpec): StartedRun {
    const source = splitSource(db, spec.splitId);
    if (source === undefined) {
      throw new MedspanError('NOT_FOUND', `There is no split ${String(spec.splitId)}.`, {
        splitId: spec.splitId,
      });
    }
    if (source.train_count === 0) {
      throw new MedspanError(
        'CANNOT_COMPUTE',
        'The train part of this split holds no notes. Make a split with a larger share for training.',
        { splitId: spec.splitId },
      );
    }
    if (spec.parentRunId !== undefined) mustFind(spec.parentRunId);
    const templateSet = templateSetText(db, spec.templateSetId);
    const { name } = JSON.parse(templateSet) as { readonly name: string };
    return create({
      name: spec.name ?? unusedName(db, describeRun(name, spec.parameters)),
      splitId: spec.splitId,
      parentRunId: spec.parentRunId ?? null,
      trainer: spec.trainer,
      parameters: JSON.stringify(spec.parameters),
      seed: spec.seed,
      snapshotSha256: source.content_sha256,
      templateSet,
    });
  }

  return {
    start,
    resume(runId) {
      const run = mustFind(runId);
      if (run.state !== 'interrupted' && run.state !== 'cancelled') {
        throw new MedspanError(
          'NOT_ALLOWED',
          `Run “${run.name}” is ${run.state}; only an interrupted or cancelled run can go on.`,
          { runId },
        );
      }
      return launch(runId, run.checkpoint_iteration !== null);
    },
    restart(runId) {
      const run = mustFind(runId);
      return create({
        name: unusedName(db, run.name),
        splitId: run.split_id,
        parentRunId: run.parent_run_id,
        trainer: run.trainer,
        parameters: run.parameters,
        seed: run.seed,
        snapshotSha256: run.snapshot_sha256,
        templateSet: run.template_set,
      });
    },
    cancel(runId) {
      const run = mustFind(runId);
      if (!underWay.has(runId) || run.job_id === null) {
        throw new MedspanError('NOT_ALLOWED', `Run “${run.name}” has ended (${run.state}).`, { runId });
      }
      jobs.cancel(run.job_id);
    },
    recover() {
      for (const runId of interruptRuns(db, now())) log.info('training.interrupted', { runId });
    },
    async settled() {
      await Promise.all(underWay.values());
    },
  };
}
