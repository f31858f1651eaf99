import { useState } from 'react';
import type { Job } from '../../../workers/api/jobs.ts';
import { useEvent } from '../../engine-client/use-event.ts';
import { useQuery } from '../../engine-client/use-query.ts';

/** The newest jobs first, kept fresh from events alone: progress arrives several times a second. */
export function useJobs(): readonly Job[] {
  const { data } = useQuery('jobs.list', { limit: 30 });
  const [heard, setHeard] = useState<ReadonlyMap<number, Job>>(new Map());
  useEvent('job.changed', (job) => setHeard((before) => new Map(before).set(job.id, job)));
  return mergeJobs(data ?? [], heard);
}

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
