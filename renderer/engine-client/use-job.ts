import { useCallback } from 'react';
import type { Job } from '../../workers/api/jobs.ts';
import { call } from './engine.ts';
import { useQuery } from './use-query.ts';

/** One job as it goes, and the way to cancel it. */
export function useJob(jobId: number | null): { readonly job: Job | undefined; readonly cancel: () => void } {
  const { data } = useQuery('jobs.get', jobId === null ? null : { jobId }, { refreshOn: ['job.changed'] });
  const cancel = useCallback(() => {
    if (jobId !== null) call('jobs.cancel', { jobId }).catch(() => undefined);
  }, [jobId]);
  return { job: data, cancel };
}
