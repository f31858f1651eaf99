import type { AnnotationService } from '../annotation/service.ts';
import { MedspanError } from '../api/errors.ts';
import type { Pipeline, PipelineRunDetail, PipelineRunRow, Trigger } from '../api/pipelines.ts';
import type { pipelinesMethods } from '../api/pipelines.ts';
import type { AreaService, EngineContext } from '../engine/context.ts';
import { downstream } from './graph.ts';
import { createOperations } from './operations.ts';
import type { OperationServices } from './operations.ts';
import * as queries from './queries.ts';
import { retraining } from './retraining.ts';
import { currentStates, PipelineRunner } from './runner.ts';
import { pipelinesSummary } from './summary.ts';
import { changeTriggers, triggerSettings } from './triggers.ts';

export type PipelinesService = AreaService<typeof pipelinesMethods>;

interface Start {
  readonly pipelineId?: number | undefined;
  readonly corpusId?: number | undefined;
  readonly trigger: Trigger;
  readonly reason: string;
}

export function createPipelinesService(
  context: EngineContext,
  services: OperationServices & { readonly annotation: AnnotationService },
): PipelinesService {
  const { db, jobs, events, log, now } = context;
  const { annotation, training, registry } = services;
  const runner = new PipelineRunner(context, createOperations(context, services));
  const stops: (() => void)[] = [];

  function pipeline(pipelineId: number | undefined): Pipeline {
    const found =
      pipelineId === undefined
        ? queries.newestPipelines(db).find(({ name }) => name === retraining.name)
        : queries.pipelineById(db, pipelineId);
    if (found === undefined)
      throw new MedspanError('NOT_FOUND', 'There is no such pipeline in this workspace.');
    return found;
  }

  /** The corpus that Production learnt from, else the newest. */
  function defaultCorpus(): number {
    const version = registry.productionVersion();
    const corpusId =
      version === null
        ? queries.newestCorpus(db)
        : queries.corpusOfSplit(db, training.run(version.runId).splitId);
    if (corpusId === undefined) {
      throw new MedspanError('NOT_FOUND', 'There is no corpus to train on. Import notes first.');
    }
    return corpusId;
  }

  function start({ pipelineId, corpusId = defaultCorpus(), trigger, reason }: Start): number {
    const chosen = pipeline(pipelineId);
    if (!queries.corpusExists(db, corpusId)) {
      throw new MedspanError('NOT_FOUND', `There is no corpus ${corpusId} in this workspace.`, { corpusId });
    }
    const live = queries.liveRunOf(db, chosen.name);
    if (live !== undefined) {
      throw new MedspanError(
        'NOT_ALLOWED',
        `Run ${live} of ${chosen.name} is under way. Wait for it or cancel it.`,
        {
          pipelineRunId: live,
        },
      );
    }
    const runId = queries.insertRun(db, {
      pipelineId: chosen.id,
      trigger,
      reason,
      parameters: { corpusId, jobId: null },
      profileId: context.profile().id,
      at: now(),
    });
    launch(chosen, runId, corpusId);
    return runId;
  }

  function launch(chosen: Pipeline, runId: number, corpusId: number): void {
    const { id, done } = jobs.start({
      kind: 'pipelines.run',
      title: `Pipeline ${chosen.name}, run ${runId}`,
      async run(job) {
        const end = await runner.run(chosen, runId, corpusId, job.signal, (fraction) =>
          job.progress(fraction),
        );
        if (end === 'cancelled') throw new MedspanError('CANCELLED', 'The pipeline run was cancelled.');
        if (end === 'failed') {
          throw new MedspanError(
            'CANNOT_COMPUTE',
            `Run ${runId} of ${chosen.name} failed. Its log names the task and the cause.`,
          );
        }
        return { pipelineRunId: runId };
      },
    });
    queries.setRunJob(db, runId, id);
    events.emit('pipelines.changed', { pipelineRunId: runId });
    done.catch(() => undefined);
  }

  /** Something happened that may start a run; a refusal is no error of whoever caused it. */
  function startBy(trigger: Trigger, reason: string): void {
    try {
      start({ trigger, reason });
    } catch (error) {
      if (!(error instanceof MedspanError)) throw error;
      log.info('pipelines.notStarted', { trigger, code: error.code });
    }
  }

  function stored(runId: number): queries.StoredRun {
    const found = queries.storedRun(db, runId);
    if (found !== undefined) return found;
    throw new MedspanError('NOT_FOUND', `There is no pipeline run ${runId} in this workspace.`, {
      pipelineRunId: runId,
    });
  }

  function row(run: queries.StoredRun): PipelineRunRow {
    const { id, state, trigger, reason, startedBy, createdAt, startedAt, endedAt } = run;
    const of = pipeline(run.pipelineId);
    const states = currentStates(queries.tries(db, id));
    return {
      id,
      pipeline: of.name,
      version: of.version,
      state,
      trigger,
      reason,
      startedBy,
      createdAt,
      startedAt,
      endedAt,
      tasks: of.tasks.map((task) => ({ id: task.id, state: states.get(task.id) ?? 'none' })),
    };
  }

  function detail(runId: number): PipelineRunDetail {
    const run = stored(runId);
    return {
      ...row(run),
      definition: pipeline(run.pipelineId).tasks,
      tries: queries.tries(db, runId),
      jobId: run.parameters.jobId,
    };
  }

  function resume(runId: number, fromTask: string | undefined): void {
    const run = stored(runId);
    const chosen = pipeline(run.pipelineId);
    if (run.state === 'queued' || run.state === 'running') {
      throw new MedspanError('NOT_ALLOWED', `Run ${runId} is under way.`, { pipelineRunId: runId });
    }
    if (run.state === 'success' && fromTask === undefined) {
      throw new MedspanError(
        'NOT_ALLOWED',
        `Run ${runId} has succeeded; choose the task to run again from.`,
        {
          pipelineRunId: runId,
        },
      );
    }
    const live = queries.liveRunOf(db, chosen.name);
    if (live !== undefined) {
      throw new MedspanError('NOT_ALLOWED', `Run ${live} of ${chosen.name} is under way.`, {
        pipelineRunId: live,
      });
    }
    if (fromTask !== undefined) {
      if (!chosen.tasks.some(({ id }) => id === fromTask)) {
        throw new MedspanError('NOT_FOUND', `${chosen.name} has no task ${fromTask}.`, { task: fromTask });
      }
      const again = downstream(chosen.tasks, fromTask);
      db.transaction(() => {
        for (const task of again) queries.clearTask(db, runId, task, now());
      }).immediate();
    }
    queries.setRunState(db, runId, 'queued', now());
    launch(chosen, runId, run.parameters.corpusId);
  }

  function annotationsCame(): void {
    const { afterAnnotatedNotes } = triggerSettings(db);
    if (afterAnnotatedNotes === null) return;
    const corpusId = registry.productionVersion() === null ? queries.newestCorpus(db) : defaultCorpus();
    if (corpusId === undefined) return;
    const since = annotation.notesAnnotatedSince(corpusId, queries.lastSnapshotPosition(db, corpusId));
    if (since < afterAnnotatedNotes) return;
    startBy('annotations', `${since} notes were annotated since the last snapshot.`);
  }

  return {
    handlers: {
      'pipelines.summary': () => pipelinesSummary(context),
      'pipelines.list': () => queries.newestPipelines(db),
      'pipelines.runs': ({ limit, offset }) => ({
        rows: queries.runPage(db, limit, offset).map(row),
        total: queries.runCount(db),
      }),
      'pipelines.run': ({ pipelineRunId }) => detail(pipelineRunId),
      'pipelines.start': ({ pipelineId, corpusId }) => ({
        pipelineRunId: start({ pipelineId, corpusId, trigger: 'person', reason: 'Started by hand.' }),
      }),
      'pipelines.cancel': ({ pipelineRunId }) => {
        const { state, parameters } = stored(pipelineRunId);
        if ((state !== 'queued' && state !== 'running') || parameters.jobId === null) {
          throw new MedspanError('NOT_ALLOWED', `Run ${pipelineRunId} is not under way.`, { pipelineRunId });
        }
        jobs.cancel(parameters.jobId);
        return null;
      },
      'pipelines.resume': ({ pipelineRunId, fromTask }) => {
        resume(pipelineRunId, fromTask);
        return null;
      },
      'pipelines.triggers': () => triggerSettings(db),
      'pipelines.setTriggers': (change) => changeTriggers(db, change),
    },
    start() {
      db.transaction(() => {
        queries.ensurePipeline(db, retraining, now());
        queries.interruptRuns(db, now());
      }).immediate();
      stops.push(
        events.on('alert.raised', ({ alertId }) => {
          if (triggerSettings(db).onAlert) startBy('alert', `Monitoring raised alert ${alertId}.`);
        }),
        events.on('note.changed', annotationsCame),
      );
    },
    stop() {
      for (const stop of stops.splice(0)) stop();
    },
  };
}
