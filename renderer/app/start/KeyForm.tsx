import { Button, Callout, FormGroup, InputGroup, SegmentedControl } from '@blueprintjs/core';
import { useState } from 'react';
import type { ErrorEnvelope } from '../../../workers/api/errors.ts';
import { call } from '../../engine-client/engine.ts';
import { useAction } from '../../engine-client/use-action.ts';
import { fileName } from '../../ui/files.ts';

interface KeyFormProps {
  readonly path: string;
  readonly error: ErrorEnvelope;
}

/** Asks for the passphrase, or the recovery key, until one fits. */
export function KeyForm({ path, error }: KeyFormProps) {
  const [kind, setKind] = useState<'passphrase' | 'recoveryKey'>('passphrase');
  const [secret, setSecret] = useState('');
  const [tried, setTried] = useState(false);
  const open = useAction(() =>
    call(
      'workspace.open',
      kind === 'passphrase' ? { path, passphrase: secret } : { path, recoveryKey: secret.trim() },
    ),
  );
  const label = kind === 'passphrase' ? 'Passphrase' : 'Recovery key';
  return (
    <Callout className="key-form" icon="lock">
      <h2>“{fileName(path)}” is encrypted</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (secret === '') return;
          setTried(true);
          void open.run();
        }}
      >
        <SegmentedControl
          size="small"
          value={kind}
          onValueChange={(value) => {
            setKind(value as typeof kind);
            setSecret('');
            setTried(false);
          }}
          options={[
            { label: 'Passphrase', value: 'passphrase' },
            { label: 'Recovery key', value: 'recoveryKey' },
          ]}
        />
        <FormGroup
          label={label}
          labelFor="key-secret"
          intent={tried && !open.busy ? 'danger' : 'none'}
          helperText={
            tried && !open.busy ? (open.error ?? error).message : 'Nothing is written until it fits.'
          }
        >
          <InputGroup
            id="key-secret"
            autoFocus
            type={kind === 'passphrase' ? 'password' : 'text'}
            value={secret}
            onValueChange={setSecret}
            autoComplete="off"
          />
        </FormGroup>
        <Button type="submit" intent="primary" text="Open" loading={open.busy} />
      </form>
    </Callout>
  );
}
