import type { Json } from '../api/common.ts';
import { fromEnvelope, MedspanError } from '../api/errors.ts';
import type { Job } from '../api/jobs.ts';
import type { WorkspaceClient } from '../engine/workspace-client.ts';

/** Waits for a job's end; shows how far it is. An abort cancels the job and waits for that too. */
export async function followJob(
  client: WorkspaceClient,
  jobId: number,
  signal: AbortSignal,
  show: (job: Job) => void,
): Promise<Json> {
  const cancel = (): void => void client.call('jobs.cancel', { jobId }).catch(() => undefined);
  let stop: (() => void) | undefined;
  try {
    const ended = new Promise<Job>((resolve, reject) => {
      stop = client.onEvent((message) => {
        if (message.name === 'workspace.changed' && message.payload.state === 'closed') reject(closed());
        if (message.name !== 'job.changed' || message.payload.id !== jobId) return;
        show(message.payload);
        if (hasEnded(message.payload)) resolve(message.payload);
      });
      // It may have ended before we listened.
      client.call('jobs.get', { jobId }).then((job) => {
        if (hasEnded(job)) resolve(job);
      }, reject);
    });
    signal.addEventListener('abort', cancel);
    if (signal.aborted) cancel();
    return outcome(await ended);
  } finally {
    stop?.();
    signal.removeEventListener('abort', cancel);
  }
}

export function progressLine(job: Job): string {
  const done = job.progress === null ? '' : ` ${(job.progress * 100).toFixed(0).padStart(3)} %`;
  const left = job.secondsLeft === null ? '' : `, about ${String(Math.ceil(job.secondsLeft))} s left`;
  return `${job.title}: ${job.state}${done}${left}`;
}

function hasEnded(job: Job): boolean {
  return job.state !== 'queued' && job.state !== 'running';
}

function outcome(job: Job): Json {
  if (job.state === 'finished') return job.result;
  if (job.error !== null) throw fromEnvelope(job.error);
  throw new MedspanError(
    job.state === 'cancelled' ? 'CANCELLED' : 'NOT_ALLOWED',
    `It was ${job.state}: ${job.title}`,
  );
}

function closed(): MedspanError {
  return new MedspanError('NO_WORKSPACE', 'The workspace was closed before the job ended.');
}
