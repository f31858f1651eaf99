import { Button, ProgressBar } from '@blueprintjs/core';
import type { Job } from '../../workers/api/jobs.ts';
import { formatDuration, formatPercent } from './format.ts';
import './job-progress.css';

interface JobProgressProps {
  readonly job: Job;
  readonly onCancel?: () => void;
}

/** Title, progress, time left and cancel of a job; once it ended, how it ended. */
export function JobProgress({ job, onCancel }: JobProgressProps) {
  const live = job.state === 'running' || job.state === 'queued';
  return (
    <div className="job-progress">
      <div className="job-progress-head">
        <span className="job-progress-title">{job.title}</span>
        <span className="job-progress-state">{stateWords(job)}</span>
        {live && onCancel !== undefined && (
          <Button
            size="small"
            variant="minimal"
            text="Cancel"
            onClick={onCancel}
            aria-label={`Cancel ${job.title}`}
          />
        )}
      </div>
      {live && (
        <ProgressBar
          aria-label={job.title}
          animate={false}
          stripes={job.progress === null}
          intent="primary"
          {...(job.progress === null ? {} : { value: job.progress })}
        />
      )}
      {job.error !== null && <p className="job-progress-error">{job.error.message}</p>}
    </div>
  );
}

function stateWords(job: Job): string {
  if (job.state === 'queued') return 'waiting';
  if (job.state !== 'running') return job.state;
  const share = job.progress === null ? 'running' : formatPercent(job.progress, 0);
  return job.secondsLeft === null ? share : `${share}, ${formatDuration(job.secondsLeft)} left`;
}
