import type { Json } from '../api/common.ts';
import { MedspanError, toEnvelope } from '../api/errors.ts';
import type { Pipeline, TaskDefinition, TaskKind, TaskState, TaskTry } from '../api/pipelines.ts';
import type { EngineContext } from '../engine/context.ts';
import { inOrder, readiness } from './graph.ts';
import type { Operations, TaskCall } from './operation.ts';
import { appendLog, endTry, insertTry, setRunState, setTryOutput, tries } from './queries.ts';

type Output = Readonly<Record<string, Json>>;

/** Runs what has not succeeded yet of a pipeline run, one task after the other, and records every step. */
export class PipelineRunner {
  readonly #context: EngineContext;
  readonly #operations: Operations;

  constructor(context: EngineContext, operations: Operations) {
    this.#context = context;
    this.#operations = operations;
  }

  /** Ends with the run's state recorded; rejects only where the recording itself fails. */
  async run(
    pipeline: Pipeline,
    runId: number,
    corpusId: number,
    signal: AbortSignal,
    progress: (fraction: number) => void,
  ): Promise<'success' | 'failed' | 'cancelled'> {
    const { db, now } = this.#context;
    setRunState(db, runId, 'running', now());
    this.#announce(runId);
    const states = currentStates(tries(db, runId));
    const ordered = inOrder(pipeline.tasks);
    for (const [done, task] of ordered.entries()) {
      progress(done / ordered.length);
      if (states.get(task.id) === 'success') continue;
      const ready = readiness(task, states);
      const state =
        ready === 'ready'
          ? await this.#runTask(pipeline, task, runId, corpusId, signal)
          : this.#pass(runId, task, signal.aborted ? 'cancelled' : 'upstream_failed');
      states.set(task.id, state);
      this.#announce(runId);
    }
    const end = runState([...states.values()]);
    setRunState(db, runId, end, now());
    this.#announce(runId);
    return end;
  }

  async #runTask(
    pipeline: Pipeline,
    task: TaskDefinition,
    runId: number,
    corpusId: number,
    signal: AbortSignal,
  ): Promise<TaskState> {
    for (let left = task.retries; ; left -= 1) {
      if (signal.aborted) return this.#pass(runId, task, 'cancelled');
      const error = await this.#try(pipeline, task, runId, corpusId, signal, left > 0);
      if (error === null) return 'success';
      if (signal.aborted) return 'cancelled';
      if (left === 0) return 'failed';
    }
  }

  /** One try; the error that ended it, or null. */
  async #try(
    pipeline: Pipeline,
    task: TaskDefinition,
    runId: number,
    corpusId: number,
    signal: AbortSignal,
    mayRetry: boolean,
  ): Promise<unknown> {
    const { db, now, log } = this.#context;
    const before = tries(db, runId);
    const tryId = insertTry(db, runId, task.id, 'running', now());
    this.#announce(runId);
    const say = (line: string): void => appendLog(db, tryId, `${clock(now())} ${line}`);
    const call: TaskCall = {
      corpusId,
      signal,
      kept: lastOutput(before, task.id) ?? {},
      output: (kind) => outputOf(pipeline.tasks, before, kind),
      keep: (output) => setTryOutput(db, tryId, output),
      log: say,
    };
    const succeed = (output: Output): void => {
      setTryOutput(db, tryId, output);
      endTry(db, tryId, { state: 'success', error: null, at: now() });
    };
    try {
      const operation = this.#operations[task.kind];
      if (operation.kind === 'transaction') {
        // Effect and state are one write: after a crash either both are there or neither.
        db.transaction(() => succeed(operation.run(call))).immediate();
      } else {
        succeed(await operation.run(call));
      }
      return null;
    } catch (error) {
      const envelope = toEnvelope(error);
      say(envelope.message);
      const state = signal.aborted ? 'cancelled' : mayRetry ? 'up_for_retry' : 'failed';
      endTry(db, tryId, { state, error: envelope, at: now() });
      if (!(error instanceof MedspanError)) log.error('pipelines.task', error, { runId, task: task.id });
      return error;
    }
  }

  /** Records a task that did not run. */
  #pass(runId: number, task: TaskDefinition, state: 'cancelled' | 'upstream_failed'): TaskState {
    const { db, now } = this.#context;
    const tryId = insertTry(db, runId, task.id, state, now());
    endTry(db, tryId, { state, error: null, at: now() });
    return state;
  }

  #announce(pipelineRunId: number): void {
    this.#context.events.emit('pipelines.changed', { pipelineRunId });
  }
}

/** State of each task by its newest try. */
export function currentStates(all: readonly TaskTry[]): Map<string, TaskState> {
  return new Map(all.map(({ task, state }) => [task, state]));
}

function runState(states: readonly TaskState[]): 'success' | 'failed' | 'cancelled' {
  if (states.some((state) => state === 'failed' || state === 'upstream_failed')) return 'failed';
  return states.some((state) => state === 'cancelled') ? 'cancelled' : 'success';
}

function lastOutput(all: readonly TaskTry[], task: string): Output | null {
  const last = all.findLast((one) => one.task === task && one.output !== null);
  return (last?.output as Output | undefined) ?? null;
}

function outputOf(tasks: readonly TaskDefinition[], all: readonly TaskTry[], kind: TaskKind): Output {
  const task = tasks.find((one) => one.kind === kind);
  const output =
    task === undefined
      ? null
      : lastOutput(
          all.filter(({ state }) => state === 'success'),
          task.id,
        );
  if (output === null) {
    throw new MedspanError(
      'CANNOT_COMPUTE',
      `This task needs the output of ${kind}, which has not succeeded yet.`,
    );
  }
  return output;
}

function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}
