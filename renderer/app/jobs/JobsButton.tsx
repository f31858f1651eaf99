import { Button, PopoverNext, Spinner } from '@blueprintjs/core';
import type { Job } from '../../../workers/api/jobs.ts';
import { call } from '../../engine-client/engine.ts';
import { useEvent } from '../../engine-client/use-event.ts';
import { formatCount, formatPercent } from '../../ui/format.ts';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Time } from '../../ui/Time.tsx';
import { showDone, showError } from '../../ui/toaster.ts';
import { fromEnvelope } from '../../../workers/api/errors.ts';
import { isLive } from './merge-jobs.ts';
import { useJobs } from './use-jobs.ts';
import './jobs.css';

/** Running jobs with progress, and the record of the latest ones. */
export function JobsButton() {
  const jobs = useJobs();
  const live = jobs.filter(isLive);
  const first = live.find((job) => job.state === 'running') ?? live[0];
  useEvent('job.changed', (job) => {
    if (job.state === 'failed' && job.error !== null) showError(fromEnvelope(job.error));
    if (job.state === 'finished' && job.endedAt !== null && job.endedAt - job.createdAt > 3000)
      showDone(`Finished: ${job.title}`);
  });
  const progress = first?.progress ?? null;
  return (
    <PopoverNext placement="bottom-end" content={<JobList jobs={jobs} />}>
      <Button
        variant="minimal"
        aria-label={
          live.length === 0 ? 'Jobs: none running' : `Jobs: ${formatCount(live.length, 'job')} running`
        }
        title="Jobs"
        icon={
          first === undefined ? (
            'tick-circle'
          ) : (
            <Spinner
              size={16}
              aria-label="Running"
              {...(progress === null ? {} : { value: Math.max(progress, 0.03) })}
            />
          )
        }
        {...(first === undefined
          ? {}
          : {
              text: (
                <span className="jobs-button-text">
                  {live.length > 1 ? formatCount(live.length, 'job') : first.title}
                  {progress !== null && live.length === 1 ? ` ${formatPercent(progress, 0)}` : ''}
                </span>
              ),
            })}
      />
    </PopoverNext>
  );
}

function JobList({ jobs }: { readonly jobs: readonly Job[] }) {
  if (jobs.length === 0) {
    return (
      <p className="jobs-empty">Imports, training runs and other long work appear here while they run.</p>
    );
  }
  const cancel = (jobId: number): void => {
    call('jobs.cancel', { jobId }).catch(showError);
  };
  return (
    <ul className="jobs" aria-label="Jobs">
      {jobs.map((job) => (
        <li key={job.id}>
          <JobProgress job={job} onCancel={() => cancel(job.id)} />
          <span className="jobs-time">
            <Time at={job.endedAt ?? job.createdAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
