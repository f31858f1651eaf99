import { Button } from '@blueprintjs/core';
import type { RunRow } from '../../../workers/api/training.ts';
import { formatDuration, formatNumber } from '../../ui/format.ts';
import { navigate, routeOf } from '../../ui/navigation.ts';
import { Stat } from '../../ui/Stat.tsx';
import { RunActions } from '../run/RunActions.tsx';
import { OneRunCurves } from '../run/RunCurves.tsx';
import { RunProblem } from '../run/RunProblem.tsx';
import { RunStateMark } from '../run-state.tsx';

interface RunCardProps {
  readonly run: RunRow;
  readonly marked: boolean;
  readonly onMark: () => void;
}

/** The run under the cursor: how it stands, its curves, and what can be done with it. */
export function RunCard({ run, marked, onMark }: RunCardProps) {
  const score = (value: number | null) => (value === null ? '–' : formatNumber(value, 3));
  return (
    <div className="run-card">
      <header>
        <h2>{run.name}</h2>
        <RunStateMark state={run.state} />
      </header>
      <div className="run-card-actions">
        <Button icon="arrow-right" text="Open" onClick={() => navigate(routeOf('training', 'run', run.id))} />
        <Button
          icon={marked ? 'tick' : 'circle'}
          text="Mark"
          active={marked}
          aria-pressed={marked}
          onClick={onMark}
        />
        <RunActions run={run} />
      </div>
      <RunProblem run={run} />
      <div className="run-card-stats">
        <Stat label="Span F1, test" value={score(run.testSpanF1)} />
        <Stat label="Token F1, test" value={score(run.testTokenF1)} />
        <Stat label="Training" value={run.trainSeconds === null ? '–' : formatDuration(run.trainSeconds)} />
      </div>
      <OneRunCurves run={run} height={170} />
    </div>
  );
}
