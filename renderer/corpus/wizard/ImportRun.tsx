import { Button, Callout } from '@blueprintjs/core';
import { useState } from 'react';
import { call } from '../../engine-client/engine.ts';
import { useAction } from '../../engine-client/use-action.ts';
import { useJob } from '../../engine-client/use-job.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { formatCount } from '../../ui/format.ts';
import { navigate, routeOf } from '../../ui/navigation.ts';
import { Rejections } from '../overview/Rejections.tsx';
import type { Started } from './TargetStep.tsx';

/** An import under way, then what came of it and the way back. */
export function ImportRun({ started, onAgain }: { readonly started: Started; readonly onAgain: () => void }) {
  const { job, cancel } = useJob(started.jobId);
  const imports = useQuery(
    'corpus.imports',
    { corpusId: started.corpusId },
    { refreshOn: ['corpus.changed', 'job.changed'] },
  );
  const row = imports.data?.find(({ id }) => id === started.importId);
  const [undone, setUndone] = useState(false);
  const undo = useAction(async () => {
    await call('corpus.removeImport', { importId: started.importId });
    setUndone(true);
  });
  const ended = job !== undefined && job.endedAt !== null;
  const toCorpus = (
    <Button
      intent="primary"
      text="Show the notes"
      icon="th-list"
      onClick={() => navigate(routeOf('corpus', started.corpusId))}
    />
  );
  return (
    <section className="wizard-step wizard-run" aria-label="Import">
      {job !== undefined && <JobProgress job={job} onCancel={cancel} />}
      {job?.state === 'finished' && !undone && (
        <Callout intent="success" title={`${formatCount(row?.noteCount ?? 0, 'note')} came in`}>
          <p>
            {formatCount(row?.spanCount ?? 0, 'span')}, {formatCount(row?.rejectedCount ?? 0, 'rejection')},{' '}
            {formatCount(row?.skippedCount ?? 0, 'note')} left out because the id was there. Next: look
            through the notes, annotate them, or freeze a snapshot to train on.
          </p>
          <div className="corpus-item-actions">
            {toCorpus}
            <Button
              icon="undo"
              text="Undo import"
              loading={undo.busy}
              disabled={row?.keptBecause !== null}
              title={row?.keptBecause ?? 'Takes all of its notes and spans out again'}
              onClick={() => void undo.run()}
            />
          </div>
        </Callout>
      )}
      {undone && (
        <Callout icon="undo" title="The import was taken back">
          Its notes and spans are gone.
        </Callout>
      )}
      {job?.state === 'cancelled' && (
        <Callout icon="disable" title="The import was cancelled">
          Nothing of it is left.
        </Callout>
      )}
      {undo.error !== undefined && <ErrorCallout error={undo.error} />}
      {ended && row !== undefined && row.rejectedCount > 0 && (
        <>
          <h3>Rejected: {formatCount(row.rejectedCount, 'line')}</h3>
          <Rejections importId={started.importId} />
        </>
      )}
      {ended && (
        <div className="corpus-item-actions">
          <Button icon="import" text="Import more" onClick={onAgain} />
        </div>
      )}
    </section>
  );
}
