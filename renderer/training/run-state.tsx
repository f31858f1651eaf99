import type { IconName, Intent } from '@blueprintjs/core';
import { Icon } from '@blueprintjs/core';
import type { RunState } from '../../workers/api/training.ts';

const looks: Readonly<Record<RunState, { readonly icon: IconName; readonly intent: Intent }>> = {
  queued: { icon: 'time', intent: 'none' },
  running: { icon: 'play', intent: 'primary' },
  finished: { icon: 'tick', intent: 'success' },
  failed: { icon: 'error', intent: 'danger' },
  cancelled: { icon: 'disable', intent: 'none' },
  interrupted: { icon: 'pause', intent: 'warning' },
};

/** A run's state as a word with a sign, never by colour alone. */
export function RunStateMark({ state }: { readonly state: RunState }) {
  const { icon, intent } = looks[state];
  return (
    <span className={`run-state run-state-${state}`}>
      <Icon icon={icon} size={12} intent={intent} aria-hidden /> {state}
    </span>
  );
}
