import { Icon } from '@blueprintjs/core';
import { Fragment } from 'react';
import type { PipelineRunDetail, TaskDefinition } from '../../workers/api/pipelines.ts';
import { formatDuration } from '../ui/format.ts';
import { layersOf } from './layers.ts';
import { State } from './State.tsx';

interface TaskGraphProps {
  readonly tasks: readonly TaskDefinition[];
  /** The run whose states are shown, if one is chosen. */
  readonly run: PipelineRunDetail | undefined;
  readonly selected: string | null;
  readonly onSelect: (task: string) => void;
}

/** The tasks from left to right in the order in which they can run. */
export function TaskGraph({ tasks, run, selected, onSelect }: TaskGraphProps) {
  return (
    <div className="task-graph" role="group" aria-label="Tasks">
      {layersOf(tasks).map((layer, column) => (
        <Fragment key={layer[0]?.id ?? column}>
          {column > 0 && <Icon icon="arrow-right" size={16} aria-hidden className="task-arrow" />}
          <div className="task-layer">
            {layer.map((task) => (
              <button
                key={task.id}
                type="button"
                className="task"
                aria-pressed={task.id === selected}
                onClick={() => onSelect(task.id)}
              >
                <span className="task-title">{task.title}</span>
                <State state={run?.tasks.find(({ id }) => id === task.id)?.state ?? 'none'} />
                <span className="task-time">{run === undefined ? '' : timeOf(run, task.id)}</span>
              </button>
            ))}
          </div>
        </Fragment>
      ))}
    </div>
  );
}

function timeOf(run: PipelineRunDetail, task: string): string {
  const last = run.tries.findLast((one) => one.task === task && one.startedAt !== null);
  if (last === undefined || last.startedAt === null || last.endedAt === null) return '';
  return formatDuration((last.endedAt - last.startedAt) / 1000);
}
