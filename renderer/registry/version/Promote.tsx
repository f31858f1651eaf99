import { Button, Icon, InputGroup } from '@blueprintjs/core';
import { useId, useState } from 'react';
import type { GuardedStage, ModelVersion } from '../../../workers/api/registry.ts';
import { call } from '../../engine-client/engine.ts';
import { useAction } from '../../engine-client/use-action.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { showDone } from '../../ui/toaster.ts';

/** The way into a stage: open when every gate is green or waived, else closed with the reason beside it. */
export function Promote({
  version,
  stage,
}: {
  readonly version: ModelVersion;
  readonly stage: GuardedStage;
}) {
  const [reason, setReason] = useState('');
  const [field, why] = [useId(), useId()];
  const { blocked } = version.gates[stage];
  const promote = useAction(async () => {
    await call('registry.promote', { modelVersionId: version.id, stage, reason: reason.trim() });
    setReason('');
    showDone(`${version.name} is in ${stage}.`);
  });
  const here = version.stage === stage || (stage === 'Staging' && version.stage === 'Production');
  if (here) {
    return (
      <p className="promote-here">
        <Icon icon="tick" aria-hidden /> {version.name} has passed into {stage}.
      </p>
    );
  }
  return (
    <form
      className="promote"
      aria-label={`Promote to ${stage}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (blocked === null && reason.trim() !== '') void promote.run();
      }}
    >
      <div className="promote-line">
        <label htmlFor={field}>Reason</label>
        <InputGroup
          id={field}
          value={reason}
          maxLength={2000}
          disabled={blocked !== null}
          placeholder={blocked === null ? 'For the ledger: why this version, why now' : ''}
          onValueChange={setReason}
        />
        <Button
          type="submit"
          intent="primary"
          icon="arrow-right"
          text={`Promote to ${stage}`}
          loading={promote.busy}
          disabled={blocked !== null || reason.trim() === ''}
          aria-describedby={why}
        />
      </div>
      <p id={why} className={blocked === null ? 'muted' : 'promote-blocked'}>
        {blocked === null ? (
          'Every gate is green or waived. The ledger takes the reason, your name and the time.'
        ) : (
          <>
            <Icon icon="lock" aria-hidden size={12} /> {blocked}
          </>
        )}
      </p>
      {promote.error !== undefined && <ErrorCallout error={promote.error} />}
    </form>
  );
}
