import { Button } from '@blueprintjs/core';
import type { RunDetail } from '../../../workers/api/training.ts';
import { call } from '../../engine-client/engine.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { fileName, saveFile } from '../../ui/files.ts';
import { formatCount } from '../../ui/format.ts';
import { Screen } from '../../ui/layout/Screen.tsx';
import { navigate } from '../../ui/navigation.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { showDone, showError } from '../../ui/toaster.ts';
import { RunStateMark } from '../run-state.tsx';
import { Confusions } from './Confusions.tsx';
import { ErrorSentences } from './ErrorSentences.tsx';
import { RunActions } from './RunActions.tsx';
import { OneRunCurves } from './RunCurves.tsx';
import { RunFacts } from './RunFacts.tsx';
import { RunProblem } from './RunProblem.tsx';
import { ScoreOverview } from './ScoreOverview.tsx';
import '../training.css';

/** A run from its curve to the sentences that it got wrong. */
export function RunPage({ runId }: { readonly runId: number }) {
  const { data: run, error, refresh } = useQuery('training.run', { runId }, { refreshOn: ['run.changed'] });
  useCommands([
    {
      id: 'training.back',
      title: 'Back to the runs',
      group: 'Training',
      keys: 'escape',
      run: () => navigate('/training'),
    },
    {
      id: 'training.export',
      title: 'Export the predictions of this run',
      group: 'Training',
      run: () => run !== undefined && void exportPredictions(run),
      when: () => run?.state === 'finished',
    },
  ]);
  if (error !== undefined) {
    return (
      <Screen title={`Run ${String(runId)}`} page>
        <ErrorCallout error={error} onRetry={refresh}>
          <Button text="All runs" onClick={() => navigate('/training')} />
        </ErrorCallout>
      </Screen>
    );
  }
  if (run === undefined) {
    return (
      <Screen title={`Run ${String(runId)}`} page>
        <Skeleton lines={10} />
      </Screen>
    );
  }
  return (
    <Screen
      title={run.name}
      subtitle={
        <>
          Run {run.id} · <RunStateMark state={run.state} /> · {run.corpusName} / {run.snapshotName} /{' '}
          {run.splitName}
        </>
      }
      actions={
        <>
          <Button icon="arrow-left" text="All runs" onClick={() => navigate('/training')} />
          {run.state === 'finished' && (
            <Button icon="export" text="Export predictions" onClick={() => void exportPredictions(run)} />
          )}
          <RunActions run={run} />
        </>
      }
      page
    >
      <div className="run-page">
        <RunProblem run={run} />
        {run.evaluation !== null && <ScoreOverview run={run} evaluation={run.evaluation} />}
        <section aria-label="Curves">
          <h2>Curves</h2>
          <OneRunCurves run={run} height={220} />
        </section>
        {run.evaluation !== null && <Evaluated run={run} />}
        <RunFacts run={run} />
      </div>
    </Screen>
  );
}

function Evaluated({ run }: { readonly run: RunDetail }) {
  const scored = run.evaluation?.test ?? run.evaluation?.dev ?? null;
  if (scored === null) {
    return (
      <EmptyState
        icon="eye-off"
        title="Not scored"
        description="The split has neither a dev nor a test part. Make a split with both to see how good this model is."
      />
    );
  }
  return (
    <>
      <Confusions evaluation={scored} />
      <ErrorSentences runId={run.id} evaluation={run.evaluation} />
    </>
  );
}

async function exportPredictions(run: RunDetail): Promise<void> {
  const part = run.evaluation?.test === null ? 'dev' : 'test';
  try {
    const path = await saveFile({
      title: `Export the predictions on the ${part} part`,
      defaultName: `run-${String(run.id)}-${part}.tsv`,
      filters: [{ name: 'Tab-separated values', extensions: ['tsv'] }],
    });
    if (path === null) return;
    const written = await call('training.exportPredictions', { runId: run.id, part, path });
    showDone(`${formatCount(written.tokens, 'token')} written to ${fileName(written.path)}`);
  } catch (error) {
    showError(error);
  }
}
