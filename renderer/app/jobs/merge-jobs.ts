import type { Job } from '../../../workers/api/jobs.ts';

/** What was heard is newer than what was listed, unless the list already knows the end. */
export function mergeJobs(listed: readonly Job[], heard: ReadonlyMap<number, Job>): readonly Job[] {
  const all = new Map(listed.map((job) => [job.id, job]));
  for (const [id, job] of heard) {
    const known = all.get(id);
    if (known === undefined || known.endedAt === null) all.set(id, job);
  }
  return [...all.values()].toSorted((a, b) => b.id - a.id).slice(0, 30);
}

export function isLive(job: Job): boolean {
  return job.state === 'running' || job.state === 'queued';
}
