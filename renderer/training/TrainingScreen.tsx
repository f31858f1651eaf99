import { CompareView } from './compare/CompareView.tsx';
import { RunPage } from './run/RunPage.tsx';
import { RunsView } from './runs/RunsView.tsx';

/** `/training`, `/training/new`, `/training/run/7`, `/training/compare/7,9`. */
export function TrainingScreen({ path }: { readonly path: readonly string[] }) {
  const [view, argument = ''] = path;
  const runId = Number(argument);
  if (view === 'run' && Number.isInteger(runId) && runId > 0) return <RunPage key={runId} runId={runId} />;
  if (view === 'compare') {
    const runIds = [...new Set(argument.split(',').map(Number))].filter(
      (id) => Number.isInteger(id) && id > 0,
    );
    if (runIds.length > 1) return <CompareView key={argument} runIds={runIds} />;
  }
  return <RunsView creating={view === 'new'} />;
}
