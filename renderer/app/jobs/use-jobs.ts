import { useState } from 'react';
import type { Job } from '../../../workers/api/jobs.ts';
import { useEvent } from '../../engine-client/use-event.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { mergeJobs } from './merge-jobs.ts';

/** The newest jobs first, kept fresh from events alone: progress arrives several times a second. */
export function useJobs(): readonly Job[] {
  const { data } = useQuery('jobs.list', { limit: 30 });
  const [heard, setHeard] = useState<ReadonlyMap<number, Job>>(new Map());
  useEvent('job.changed', (job) => setHeard((before) => new Map(before).set(job.id, job)));
  return mergeJobs(data ?? [], heard);
}
