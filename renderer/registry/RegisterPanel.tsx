import { Button, FormGroup, InputGroup, TextArea } from '@blueprintjs/core';
import { useId, useState } from 'react';
import { call } from '../engine-client/engine.ts';
import { useAction } from '../engine-client/use-action.ts';
import { useQuery } from '../engine-client/use-query.ts';
import { ErrorCallout } from '../ui/ErrorCallout.tsx';
import { formatNumber } from '../ui/format.ts';
import { Screen } from '../ui/layout/Screen.tsx';
import { navigate, routeOf } from '../ui/navigation.ts';
import { Skeleton } from '../ui/Skeleton.tsx';
import { showDone } from '../ui/toaster.ts';

/** Makes a version of a run's model. */
export function RegisterPanel({ runId }: { readonly runId: number }) {
  const run = useQuery('training.run', { runId }, { refreshOn: ['run.changed'] });
  const [model, setModel] = useState('clinical-ner');
  const [description, setDescription] = useState('');
  const [name, about] = [useId(), useId()];
  const register = useAction(async () => {
    const { modelVersionId } = await call('registry.register', { runId, model: model.trim(), description });
    showDone('The version is registered.');
    navigate(routeOf('registry', 'version', modelVersionId));
  });
  return (
    <Screen title="Register a model" page>
      {run.error !== undefined && <ErrorCallout error={run.error} onRetry={run.refresh} />}
      {run.data === undefined && run.error === undefined && <Skeleton />}
      {run.data !== undefined && (
        <form
          className="register-form"
          aria-label="Register a model"
          onSubmit={(event) => {
            event.preventDefault();
            void register.run();
          }}
        >
          <p>
            The model of run <strong>{run.data.name}</strong>
            {run.data.testSpanF1 !== null &&
              `, strict span F1 ${formatNumber(run.data.testSpanF1, 3)} on its test part`}
            , becomes the next version of:
          </p>
          <FormGroup label="Model" labelFor={name} helperText="Letters, digits, dot, dash and underscore.">
            <InputGroup id={name} value={model} maxLength={80} onValueChange={setModel} autoFocus />
          </FormGroup>
          <FormGroup label="Description" labelInfo="(optional)" labelFor={about}>
            <TextArea
              id={about}
              fill
              rows={3}
              maxLength={2000}
              value={description}
              onChange={(event) => setDescription(event.currentTarget.value)}
            />
          </FormGroup>
          {register.error !== undefined && <ErrorCallout error={register.error} />}
          <div className="register-form-acts">
            <Button
              type="submit"
              intent="primary"
              icon="box"
              text="Register"
              loading={register.busy}
              disabled={model.trim() === ''}
            />
            <Button text="Back to the run" onClick={() => navigate(routeOf('training', 'run', runId))} />
          </div>
        </form>
      )}
    </Screen>
  );
}
