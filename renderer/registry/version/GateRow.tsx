import { Button, Collapse, Icon } from '@blueprintjs/core';
import type { IconName } from '@blueprintjs/core';
import { useState } from 'react';
import type { GateResult, GateState, ModelVersion } from '../../../workers/api/registry.ts';
import { call } from '../../engine-client/engine.ts';
import { Time } from '../../ui/Time.tsx';
import { ReasonButton } from '../ReasonButton.tsx';
import { GateEvidenceView } from './GateEvidenceView.tsx';
import { GateSettingsForm } from './GateSettingsForm.tsx';

const looks: Readonly<Record<GateState, { readonly icon: IconName; readonly words: string }>> = {
  passed: { icon: 'tick-circle', words: 'green' },
  failed: { icon: 'cross-circle', words: 'red' },
  error: { icon: 'error', words: 'could not run' },
  waived: { icon: 'flag', words: 'waived' },
  'not-run': { icon: 'circle', words: 'not run' },
};

/** A gate's verdict on a version; it opens onto the evidence. */
export function GateRow({
  result,
  version,
}: {
  readonly result: GateResult;
  readonly version: ModelVersion;
}) {
  const [open, setOpen] = useState(false);
  const { gate, state, summary, evidence, waiver, at } = result;
  const red = state === 'failed' || state === 'error';
  const waive = async (reason: string): Promise<void> => {
    await call('registry.waive', { modelVersionId: version.id, gateId: gate.id, reason });
  };
  return (
    <li className={`gate-row gate-${state}`} data-gate={gate.kind} data-state={state}>
      <div className="gate-line">
        <span className="gate-state">
          <Icon icon={looks[state].icon} aria-hidden /> {looks[state].words}
        </span>
        <div className="gate-words">
          <strong title={gate.description}>{gate.name}</strong>
          <span>{summary}</span>
          {waiver !== null && (
            <span className="gate-waiver">
              Waived by {waiver.by}: {waiver.reason}
            </span>
          )}
        </div>
        {red && (
          <ReasonButton
            small
            text="Waive"
            icon="flag"
            question={`“${gate.name}” stays red on record, and ${version.name} may pass it. Your name stands beside the reason.`}
            act={waive}
          />
        )}
        <Button
          size="small"
          variant="minimal"
          icon={open ? 'chevron-up' : 'chevron-down'}
          aria-expanded={open}
          aria-label={`Evidence and settings of ${gate.name}`}
          onClick={() => setOpen(!open)}
        />
      </div>
      <Collapse isOpen={open}>
        <div className="gate-more">
          <p>{gate.description}</p>
          {evidence === null ? (
            <p className="muted">There is no evidence before it has run.</p>
          ) : (
            <GateEvidenceView evidence={evidence} />
          )}
          {at !== null && (
            <p className="muted">
              Run <Time at={at} />
            </p>
          )}
          <GateSettingsForm gate={gate} />
        </div>
      </Collapse>
    </li>
  );
}
