import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import { call } from '../engine-client/engine.ts';
import { useAction } from '../engine-client/use-action.ts';
import { useQuery } from '../engine-client/use-query.ts';
import { useCommands } from '../ui/commands/use-commands.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorCallout } from '../ui/ErrorCallout.tsx';
import { Panes } from '../ui/layout/Panes.tsx';
import { Screen } from '../ui/layout/Screen.tsx';
import { navigate, routeOf } from '../ui/navigation.ts';
import { RunGrid } from './RunGrid.tsx';
import { isLive } from './states.ts';
import { TaskGraph } from './TaskGraph.tsx';
import { TaskLog } from './TaskLog.tsx';
import { Triggers } from './Triggers.tsx';
import './pipelines.css';

/** `#/pipelines` shows the newest run, `#/pipelines/run/4` that one. */
export function PipelinesScreen({ path }: { readonly path: readonly string[] }) {
  const pipelines = useQuery('pipelines.list', {});
  const runs = useQuery('pipelines.runs', { limit: 200 }, { refreshOn: ['pipelines.changed'] });
  const asked = path[0] === 'run' ? Number(path[1]) : null;
  const runId = asked ?? runs.data?.rows[0]?.id ?? null;
  const run = useQuery('pipelines.run', runId === null ? null : { pipelineRunId: runId }, {
    refreshOn: ['pipelines.changed'],
  });
  const [chosen, setChosen] = useState<string | null>(null);
  const pipeline = pipelines.data?.[0];
  const tasks = run.data?.definition ?? pipeline?.tasks ?? [];
  const task = chosen ?? interesting(run.data) ?? tasks[0]?.id ?? null;

  const start = useAction(async () => {
    const { pipelineRunId } = await call('pipelines.start', {});
    setChosen(null);
    navigate(routeOf('pipelines', 'run', pipelineRunId));
  });
  const act = useAction((method: 'pipelines.cancel' | 'pipelines.resume', pipelineRunId: number) =>
    call(method, { pipelineRunId }),
  );
  useCommands([
    { id: 'pipelines.start', title: 'Start retraining', group: 'Pipelines', run: () => void start.run() },
  ]);

  const startButton = (
    <Button
      intent="primary"
      icon="play"
      text="Start retraining"
      loading={start.busy}
      onClick={() => void start.run()}
    />
  );
  const failure = start.error ?? act.error ?? runs.error ?? run.error;
  const shown = run.data;
  return (
    <Screen
      title="Pipelines"
      subtitle={pipeline === undefined ? undefined : `${pipeline.name}, version ${pipeline.version}`}
      actions={
        <>
          {shown !== undefined && isLive(shown.state) && (
            <Button
              icon="stop"
              text="Cancel run"
              onClick={() => void act.run('pipelines.cancel', shown.id)}
            />
          )}
          {shown !== undefined && ['failed', 'cancelled', 'interrupted'].includes(shown.state) && (
            <Button
              icon="play"
              text="Resume run"
              onClick={() => void act.run('pipelines.resume', shown.id)}
            />
          )}
          {startButton}
        </>
      }
    >
      <Panes
        id="pipelines"
        work={
          <div className="pipelines-work">
            {failure !== undefined && <ErrorCallout error={failure} />}
            <Triggers />
            <TaskGraph tasks={tasks} run={shown} selected={task} onSelect={setChosen} />
            {runs.data?.total === 0 ? (
              <EmptyState
                icon="data-lineage"
                title="No runs yet"
                description="Retraining cleans, prepares, trains, evaluates and validates, and leaves a candidate that waits for promotion. An alert or new annotations start it; so does the button."
                action={startButton}
              />
            ) : (
              <RunGrid
                rows={runs.data?.rows}
                tasks={tasks}
                selected={runId}
                onSelect={(id) => navigate(routeOf('pipelines', 'run', id))}
              />
            )}
          </div>
        }
        detailLabel="Log"
        detailSize={320}
        detail={
          shown !== undefined && task !== null ? (
            <TaskLog run={shown} task={task} />
          ) : (
            <p className="pipelines-hint pipelines-nothing">The log of a task appears here.</p>
          )
        }
      />
    </Screen>
  );
}

/** The task that a person would look at first: the one that runs or failed, else the last that did anything. */
function interesting(
  run: { readonly tasks: readonly { readonly id: string; readonly state: string }[] } | undefined,
) {
  const tasks = run?.tasks ?? [];
  const now = tasks.find(({ state }) => state === 'running' || state === 'failed' || state === 'interrupted');
  return (now ?? tasks.findLast(({ state }) => state === 'success'))?.id ?? null;
}
