import { Button } from '@blueprintjs/core';
import type { RunRow } from '../../../workers/api/training.ts';
import { call } from '../../engine-client/engine.ts';
import { useAction } from '../../engine-client/use-action.ts';
import { navigate, routeOf } from '../../ui/navigation.ts';
import { showError } from '../../ui/toaster.ts';

/** What can be done with a run in its state: cancel, resume, start anew, register. */
export function RunActions({ run }: { readonly run: Pick<RunRow, 'id' | 'state' | 'name'> }) {
  const { id: runId, state } = run;
  const act = useAction(async (verb: 'cancel' | 'resume' | 'restart') => {
    try {
      if (verb === 'cancel') await call('training.cancel', { runId });
      else if (verb === 'resume') await call('training.resume', { runId });
      else navigate(routeOf('training', 'run', (await call('training.restart', { runId })).runId));
    } catch (error) {
      showError(error);
    }
  });
  const live = state === 'queued' || state === 'running';
  return (
    <>
      {live && (
        <Button icon="stop" text="Cancel" disabled={act.busy} onClick={() => void act.run('cancel')} />
      )}
      {(state === 'interrupted' || state === 'cancelled') && (
        <Button icon="play" text="Resume" disabled={act.busy} onClick={() => void act.run('resume')} />
      )}
      {!live && (
        <Button
          icon="repeat"
          text="Restart"
          title="A new run with the same data, templates, parameters and seed"
          disabled={act.busy}
          onClick={() => void act.run('restart')}
        />
      )}
      {state === 'finished' && (
        <Button
          icon="box"
          text="Register"
          title="Make a model version of this run"
          onClick={() => navigate(routeOf('registry', 'register', runId))}
        />
      )}
    </>
  );
}
