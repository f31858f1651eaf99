import { Button, Callout } from '@blueprintjs/core';
import { useState } from 'react';
import type { ErrorEnvelope } from '../../../workers/api/errors.ts';
import { call } from '../../engine-client/engine.ts';
import { useAction } from '../../engine-client/use-action.ts';
import { fileName } from '../../ui/files.ts';
import { noSecret, withSecrets } from '../workspace/secrets.ts';
import { SecretField } from '../workspace/SecretField.tsx';

interface KeyFormProps {
  readonly path: string;
  readonly error: ErrorEnvelope;
}

/** Asks for the passphrase, or the recovery key, until one fits. */
export function KeyForm({ path, error }: KeyFormProps) {
  const [secret, setSecret] = useState(noSecret);
  const [tried, setTried] = useState(false);
  const open = useAction(() =>
    withSecrets(path, secret, (secrets) => call('workspace.open', { path, ...secrets })),
  );
  return (
    <Callout className="key-form" icon="lock">
      <h2>“{fileName(path)}” is encrypted</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (secret.text === '') return;
          setTried(true);
          void open.run();
        }}
      >
        <SecretField
          value={secret}
          onChange={(next) => {
            setSecret(next);
            setTried(false);
          }}
          problem={tried && !open.busy ? (open.error ?? error).message : null}
          hint="Nothing is written until it fits."
        />
        <Button type="submit" intent="primary" text="Open" loading={open.busy} />
      </form>
    </Callout>
  );
}
