import { FormGroup, InputGroup, SegmentedControl } from '@blueprintjs/core';
import { useId } from 'react';
import type { TypedSecret } from './secrets.ts';

interface SecretFieldProps {
  readonly value: TypedSecret;
  readonly onChange: (value: TypedSecret) => void;
  /** Why the last one did not fit. */
  readonly problem: string | null;
  readonly hint: string;
}

/** Passphrase or recovery key. */
export function SecretField({ value, onChange, problem, hint }: SecretFieldProps) {
  const id = useId();
  const label = value.kind === 'passphrase' ? 'Passphrase' : 'Recovery key';
  return (
    <div className="secret-field">
      <SegmentedControl
        size="small"
        value={value.kind}
        onValueChange={(kind) => onChange({ kind: kind as TypedSecret['kind'], text: '' })}
        options={[
          { label: 'Passphrase', value: 'passphrase' },
          { label: 'Recovery key', value: 'recoveryKey' },
        ]}
      />
      <FormGroup
        label={label}
        labelFor={id}
        intent={problem === null ? 'none' : 'danger'}
        helperText={problem ?? hint}
      >
        <InputGroup
          id={id}
          autoFocus
          autoComplete="off"
          type={value.kind === 'passphrase' ? 'password' : 'text'}
          value={value.text}
          onValueChange={(text) => onChange({ ...value, text })}
        />
      </FormGroup>
    </div>
  );
}
