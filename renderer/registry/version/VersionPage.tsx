import { useState } from 'react';
import { useJob } from '../../engine-client/use-job.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { GateSection } from './GateSection.tsx';
import { VersionFacts } from './VersionFacts.tsx';
import { VersionHead } from './VersionHead.tsx';

/** One version: what it is, the gates before each stage, and the way on. */
export function VersionPage({ versionId }: { readonly versionId: number }) {
  const version = useQuery(
    'registry.version',
    { modelVersionId: versionId },
    { refreshOn: ['registry.changed'] },
  );
  const [jobId, setJobId] = useState<number | null>(null);
  const { job, cancel } = useJob(jobId);
  const running = job !== undefined && (job.state === 'running' || job.state === 'queued');
  const { data } = version;
  if (data === undefined) {
    return version.error === undefined ? (
      <Skeleton />
    ) : (
      <ErrorCallout error={version.error} onRetry={version.refresh} />
    );
  }
  return (
    <article className="version" aria-label={data.name}>
      <VersionHead version={data} />
      <VersionFacts version={data} />
      {job !== undefined && (running || job.state === 'failed') && (
        <div className="version-job" role="status">
          <JobProgress job={job} onCancel={cancel} />
        </div>
      )}
      <GateSection version={data} stage="Staging" running={running} onStarted={setJobId} />
      <GateSection version={data} stage="Production" running={running} onStarted={setJobId} />
    </article>
  );
}
