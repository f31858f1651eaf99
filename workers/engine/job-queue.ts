import type { Json } from '../api/common.ts';
import { MedspanError, toEnvelope } from '../api/errors.ts';
import type { Job, JobState } from '../api/jobs.ts';
import type { WritableDatabase } from '../storage/connection.ts';
import type { EventHub, JobQueue, JobSpec, Log } from './context.ts';
import { createJobQueries } from './job-queries.ts';
import { createEstimate } from './time-left.ts';

export interface StoredJobQueue extends JobQueue {
  list(limit: number): readonly Job[];
  get(jobId: number): Job;
  /** Marks what an earlier process left queued or running as interrupted. Returns how many. */
  recover(): number;
  /** Cancels everything and waits until it has ended. */
  stop(): Promise<void>;
}

export interface JobQueueOptions {
  readonly db: WritableDatabase;
  readonly events: EventHub;
  readonly log: Log;
  readonly now: () => number;
  /** Turns what a job threw into an error that a person can act on, where it can. */
  readonly translate?: (error: unknown) => unknown;
  readonly profileId: () => number | null;
  /** Jobs of one kind that run side by side; kinds never wait for each other, so that a job may await another. */
  readonly width: number;
}

interface LiveJob {
  readonly id: number;
  readonly kind: string;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
  run: () => void;
  progress: number | null;
  secondsLeft: number | null;
  lastEvent: number;
  timer: NodeJS.Timeout | undefined;
}

const eventGap = 200;

export function createJobQueue(options: JobQueueOptions): StoredJobQueue {
  const { db, events, log, now } = options;
  const queries = createJobQueries(db);
  const live = new Map<number, LiveJob>();
  const waiting = new Map<string, LiveJob[]>();
  const running = new Map<string, number>();
  let stopping = false;

  function describe(jobId: number): Job {
    const stored = queries.get(jobId);
    if (stored === undefined) {
      throw new MedspanError('NOT_FOUND', `There is no job ${String(jobId)} in this workspace.`, { jobId });
    }
    const job = live.get(jobId);
    return job === undefined ? stored : { ...stored, progress: job.progress, secondsLeft: job.secondsLeft };
  }

  function announce(job: LiveJob): void {
    clearTimeout(job.timer);
    job.timer = undefined;
    job.lastEvent = performance.now();
    events.emit('job.changed', describe(job.id));
  }

  function announceSoon(job: LiveJob): void {
    const wait = job.lastEvent + eventGap - performance.now();
    if (wait <= 0) announce(job);
    else job.timer ??= setTimeout(() => announce(job), wait);
  }

  function next(kind: string): void {
    while (!stopping && (running.get(kind) ?? 0) < options.width) {
      const job = waiting.get(kind)?.shift();
      if (job === undefined) return;
      running.set(kind, (running.get(kind) ?? 0) + 1);
      job.run();
    }
  }

  function end(job: LiveJob, state: JobState, error: unknown, result: Json): void {
    live.delete(job.id);
    clearTimeout(job.timer);
    queries.end(job.id, state, now(), error === null ? null : toEnvelope(error), result, job.progress);
    events.emit('job.changed', describe(job.id));
  }

  return {
    start<Result extends Json>(spec: JobSpec<Result>) {
      if (stopping)
        throw new MedspanError(
          'NOT_ALLOWED',
          'The workspace is closing; start the work after it is open again.',
        );
      const id = queries.add(spec.kind, spec.title, options.profileId(), now());
      const { promise: done, resolve, reject } = deferred<Result>();
      const settled = done.then(
        () => undefined,
        () => undefined,
      );
      const job: LiveJob = {
        id,
        kind: spec.kind,
        abort: new AbortController(),
        ended: settled,
        run: () => undefined,
        progress: null,
        secondsLeft: null,
        lastEvent: 0,
        timer: undefined,
      };
      live.set(id, job);

      async function run(): Promise<void> {
        const estimate = createEstimate(() => performance.now());
        try {
          queries.begin(id, now());
          announce(job);
          const result = await spec.run({
            id,
            signal: job.abort.signal,
            progress(fraction) {
              job.progress = fraction === null ? null : Math.min(1, Math.max(0, fraction));
              job.secondsLeft = job.progress === null ? null : estimate(job.progress);
              announceSoon(job);
            },
          });
          job.progress = 1;
          end(job, 'finished', null, result);
          resolve(result);
        } catch (thrown) {
          const error = options.translate?.(thrown) ?? thrown;
          const stopped = job.abort.signal.aborted;
          if (!stopped && !(error instanceof MedspanError))
            log.error('job.failed', error, { jobId: id, kind: spec.kind });
          const reason = stopped ? cancelled(spec.title) : error;
          try {
            end(job, stopped ? (stopping ? 'interrupted' : 'cancelled') : 'failed', reason, null);
          } catch (failure) {
            // The disk may be full: the caller still learns how it ended, and the next start says "interrupted".
            log.error('job.not-recorded', failure, { jobId: id });
          }
          reject(reason instanceof Error ? reason : new Error('job failed', { cause: reason }));
        } finally {
          running.set(spec.kind, (running.get(spec.kind) ?? 1) - 1);
          next(spec.kind);
        }
      }
      job.run = () => void run();
      // Cancelled before its turn: it never runs.
      job.abort.signal.addEventListener('abort', () => {
        const lane = waiting.get(spec.kind) ?? [];
        const place = lane.indexOf(job);
        if (place < 0) return;
        lane.splice(place, 1);
        end(job, stopping ? 'interrupted' : 'cancelled', cancelled(spec.title), null);
        reject(cancelled(spec.title));
      });
      const lane = waiting.get(spec.kind) ?? [];
      waiting.set(spec.kind, lane);
      lane.push(job);
      announce(job);
      queueMicrotask(() => next(spec.kind));
      return { id, done };
    },

    cancel(jobId) {
      describe(jobId);
      live.get(jobId)?.abort.abort();
    },
    list: (limit) => queries.list(limit).map((job) => describe(job.id)),
    get: describe,
    recover: () => queries.interrupt(now()),

    async stop() {
      stopping = true;
      const jobs = [...live.values()];
      for (const job of jobs) job.abort.abort();
      await Promise.all(jobs.map((job) => job.ended));
    },
  };
}

function cancelled(title: string): MedspanError {
  return new MedspanError('CANCELLED', `Cancelled: ${title}`);
}

function deferred<Value>(): {
  promise: Promise<Value>;
  resolve: (value: Value) => void;
  reject: (error: Error) => void;
} {
  let resolve!: (value: Value) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<Value>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Whoever starts a job without waiting for it reads its end in the table.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
