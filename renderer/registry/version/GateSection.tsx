import { Button } from '@blueprintjs/core';
import type { GuardedStage, ModelVersionDetail } from '../../../workers/api/registry.ts';
import { call } from '../../engine-client/engine.ts';
import { useAction } from '../../engine-client/use-action.ts';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { GateRow } from './GateRow.tsx';
import { Promote } from './Promote.tsx';

interface GateSectionProps {
  readonly version: ModelVersionDetail;
  readonly stage: GuardedStage;
  readonly running: boolean;
  readonly onStarted: (jobId: number) => void;
}

const kinds: Readonly<Record<GuardedStage, string>> = {
  Staging: 'Unit checks: the model by itself',
  Production: 'Integration checks: the packed bundle in a process of its own',
};

/** The gates before a stage as rows, and the button that they guard. */
export function GateSection({ version, stage, running, onStarted }: GateSectionProps) {
  const results = version.gateResults.filter(({ gate }) => gate.stage === stage);
  const { green, total } = version.gates[stage];
  const start = useAction(async () => {
    const { jobId } = await call('registry.runGates', { modelVersionId: version.id, stage });
    onStarted(jobId);
  });
  useCommands([
    {
      id: `registry.run-gates-${stage.toLowerCase()}`,
      title: `Run the checks for ${stage}`,
      group: 'Registry',
      keys: stage === 'Staging' ? 's' : 'p',
      run: () => void start.run(),
      when: () => !running,
    },
  ]);
  const heading = `gates-${stage}`;
  return (
    <section className="gates" aria-labelledby={heading}>
      <header>
        <div>
          <h3 id={heading}>Gates to {stage}</h3>
          <p className="muted">{kinds[stage]}</p>
        </div>
        <span className="gates-count">
          {green} of {total} green
        </span>
        <Button
          icon="play"
          text="Run checks"
          aria-label={`Run the checks for ${stage}`}
          loading={start.busy}
          disabled={running}
          onClick={() => void start.run()}
        />
      </header>
      {start.error !== undefined && <ErrorCallout error={start.error} />}
      {total === 0 && <p className="muted">All gates to {stage} are turned off.</p>}
      <ul className="gate-rows">
        {results.map((result) => (
          <GateRow key={result.gate.id} result={result} version={version} />
        ))}
      </ul>
      <Promote version={version} stage={stage} />
    </section>
  );
}
