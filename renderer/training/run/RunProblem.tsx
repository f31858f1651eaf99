import { Callout } from '@blueprintjs/core';
import type { RunRow } from '../../../workers/api/training.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';

/** What stopped a run that has no result, what was kept, and the way on. */
export function RunProblem({ run }: { readonly run: Pick<RunRow, 'id' | 'state'> }) {
  const asks = run.state === 'failed' || run.state === 'interrupted' || run.state === 'cancelled';
  const { data } = useQuery('training.run', asks ? { runId: run.id } : null, { refreshOn: ['run.changed'] });
  if (data === undefined || !asks) return null;
  if (run.state === 'failed') {
    return data.error === null ? null : <ErrorCallout error={data.error} title="This run failed" />;
  }
  const kept =
    data.checkpointIteration === null
      ? 'No state was stored yet: Resume begins again with the same settings.'
      : `Its state at iteration ${String(data.checkpointIteration)} is kept: Resume goes on from there and ends with the same weights.`;
  return (
    <Callout
      className="run-problem"
      intent={run.state === 'interrupted' ? 'warning' : 'none'}
      title={
        run.state === 'interrupted' ? 'Medspan ended while this run was training' : 'This run was cancelled'
      }
    >
      {kept}
    </Callout>
  );
}
