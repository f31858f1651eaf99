import type { IconName } from '@blueprintjs/core';
import type { PipelineRunState, TaskState } from '../../workers/api/pipelines.ts';

interface Look {
  readonly word: string;
  readonly icon: IconName;
  readonly tone: 'good' | 'bad' | 'warn' | 'live' | 'muted';
}

const looks: Readonly<Record<TaskState | PipelineRunState, Look>> = {
  none: { word: 'not run', icon: 'circle', tone: 'muted' },
  queued: { word: 'queued', icon: 'time', tone: 'muted' },
  scheduled: { word: 'scheduled', icon: 'time', tone: 'muted' },
  running: { word: 'running', icon: 'play', tone: 'live' },
  success: { word: 'success', icon: 'tick', tone: 'good' },
  failed: { word: 'failed', icon: 'cross', tone: 'bad' },
  skipped: { word: 'skipped', icon: 'double-chevron-right', tone: 'muted' },
  upstream_failed: { word: 'upstream failed', icon: 'disable', tone: 'warn' },
  up_for_retry: { word: 'up for retry', icon: 'repeat', tone: 'warn' },
  cancelled: { word: 'cancelled', icon: 'stop', tone: 'muted' },
  interrupted: { word: 'interrupted', icon: 'pause', tone: 'warn' },
};

/** How a state is said and shown: a word, an icon and a tone, never the tone alone. */
export function look(state: TaskState | PipelineRunState): Look {
  return looks[state];
}

export function isLive(state: PipelineRunState): boolean {
  return state === 'queued' || state === 'running';
}
