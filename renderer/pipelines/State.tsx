import { Icon } from '@blueprintjs/core';
import type { PipelineRunState, TaskState } from '../../workers/api/pipelines.ts';
import { look } from './states.ts';

interface StateProps {
  readonly state: TaskState | PipelineRunState;
  /** The icon alone, with the word for screen readers and on hover. */
  readonly compact?: boolean;
}

export function State({ state, compact }: StateProps) {
  const { word, icon, tone } = look(state);
  return (
    <span className={`state state-${tone}`} title={compact === true ? word : undefined}>
      <Icon icon={icon} size={14} aria-hidden />
      <span className={compact === true ? 'visually-hidden' : undefined}>{word}</span>
    </span>
  );
}
