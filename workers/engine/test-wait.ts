import type { EventName } from '../api/events.ts';
import type { Job } from '../api/jobs.ts';
import type { TestWorkspace } from './test-workspace.ts';

/**
 * Asks again at each of these events until there is an answer; for tests. It listens before it asks, so that an
 * event in between is not lost.
 */
export async function waitUntil<Answer>(
  workspace: TestWorkspace,
  names: readonly EventName[],
  ask: () => Promise<Answer | null>,
): Promise<Answer> {
  for (;;) {
    let stops: (() => void)[] = [];
    const changed = new Promise<void>((resolve) => {
      stops = names.map((name) => workspace.context.events.on(name, () => resolve()));
    });
    const answer = await ask();
    if (answer === null) await changed;
    for (const stop of stops) stop();
    if (answer !== null) return answer;
  }
}

/** The job once it has ended, however it ended. */
export function jobEnded(workspace: TestWorkspace, jobId: number): Promise<Job> {
  return waitUntil(workspace, ['job.changed'], async () => {
    const job = await workspace.call('jobs.get', { jobId });
    return job.state === 'queued' || job.state === 'running' ? null : job;
  });
}
