import { Button } from '@blueprintjs/core';
import type { PipelineRunDetail, TaskTry } from '../../workers/api/pipelines.ts';
import { call } from '../engine-client/engine.ts';
import { formatDuration } from '../ui/format.ts';
import { Time } from '../ui/Time.tsx';
import { showError } from '../ui/toaster.ts';
import { State } from './State.tsx';
import { isLive } from './states.ts';

interface TaskLogProps {
  readonly run: PipelineRunDetail;
  readonly task: string;
}

/** Every try of a task with its log, the newest first. */
export function TaskLog({ run, task }: TaskLogProps) {
  const definition = run.definition.find(({ id }) => id === task);
  const tries = run.tries.filter((one) => one.task === task && one.state !== 'none').toReversed();
  const again = (): void => {
    call('pipelines.resume', { pipelineRunId: run.id, fromTask: task }).catch(showError);
  };
  return (
    <div className="task-log">
      <header>
        <h2>{definition?.title ?? task}</h2>
        {!isLive(run.state) && tries.length > 0 && (
          <Button size="small" icon="repeat" text="Run from here again" onClick={again} />
        )}
      </header>
      <p className="pipelines-hint">{definition?.kind}</p>
      {tries.length === 0 ? (
        <p className="pipelines-hint">This task has not run yet.</p>
      ) : (
        tries.map((one) => <Try key={one.number} of={one} />)
      )}
    </div>
  );
}

function Try({ of }: { readonly of: TaskTry }) {
  const { number, state, startedAt, endedAt, log } = of;
  return (
    <section className="try" aria-label={`Try ${number}`}>
      <div className="try-head">
        <span>Try {number}</span>
        <State state={state} />
        {startedAt !== null && <Time at={startedAt} clock />}
        {startedAt !== null && endedAt !== null && (
          <span>{formatDuration((endedAt - startedAt) / 1000)}</span>
        )}
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex: a log that scrolls must be reachable by keys */}
      {log !== '' && (
        <pre className="try-log" tabIndex={0} aria-label={`Log of try ${number}`}>
          {log}
        </pre>
      )}
    </section>
  );
}
