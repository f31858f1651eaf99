import { Button, FormGroup, HTMLSelect, InputGroup } from '@blueprintjs/core';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { call } from '../../engine-client/engine.ts';
import { useAction } from '../../engine-client/use-action.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';

interface SplitFormProps {
  readonly snapshotId: number;
  /** How many splits there are, for the name that is offered. */
  readonly taken: number;
  readonly onDone: () => void;
}

const parts = ['train', 'dev', 'test'] as const;

/** Divides a snapshot into train, dev and test. */
export function SplitForm({ snapshotId, taken, onDone }: SplitFormProps) {
  const [method, setMethod] = useState<'random' | 'source'>('random');
  const [name, setName] = useState(`split ${String(taken + 1)}`);
  const [seed, setSeed] = useState('1');
  const [shares, setShares] = useState({ train: '70', dev: '10', test: '20' });
  const sum = parts.reduce((total, part) => total + Number(shares[part]), 0);
  const valid = Math.abs(sum - 100) < 1e-6 && /^\d{1,9}$/.test(seed) && name.trim() !== '';
  const create = useAction(async () => {
    await call('corpus.createSplit', {
      snapshotId,
      name: name.trim(),
      method,
      seed: Number(seed),
      shares: {
        train: Number(shares.train) / 100,
        dev: Number(shares.dev) / 100,
        test: Number(shares.test) / 100,
      },
    });
    onDone();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (valid) void create.run();
  };
  const field = (part: (typeof parts)[number]) => (
    <FormGroup key={part} label={`${part} %`} labelFor={`share-${part}-${String(snapshotId)}`}>
      <InputGroup
        id={`share-${part}-${String(snapshotId)}`}
        size="small"
        inputMode="decimal"
        value={shares[part]}
        onValueChange={(value) => setShares({ ...shares, [part]: value })}
      />
    </FormGroup>
  );
  return (
    <form className="split-form" onSubmit={submit} aria-label="New split">
      <FormGroup label="Name" labelFor={`split-name-${String(snapshotId)}`}>
        <InputGroup
          id={`split-name-${String(snapshotId)}`}
          size="small"
          value={name}
          onValueChange={setName}
        />
      </FormGroup>
      <FormGroup
        label="Method"
        labelFor={`split-method-${String(snapshotId)}`}
        helperText={
          method === 'random'
            ? 'Equal texts and the notes of one patient stay together.'
            : 'As the source assigned them; a dev part is carved out of train where there is none. Texts that leak are counted and marked.'
        }
      >
        <HTMLSelect
          id={`split-method-${String(snapshotId)}`}
          fill
          value={method}
          onChange={(event) => setMethod(event.currentTarget.value === 'source' ? 'source' : 'random')}
          options={[
            { value: 'random', label: 'Random by document' },
            { value: 'source', label: 'Parts of the source' },
          ]}
        />
      </FormGroup>
      <div className="split-shares">{parts.map(field)}</div>
      <FormGroup label="Seed" labelFor={`split-seed-${String(snapshotId)}`}>
        <InputGroup
          id={`split-seed-${String(snapshotId)}`}
          size="small"
          inputMode="numeric"
          value={seed}
          onValueChange={setSeed}
        />
      </FormGroup>
      {!valid && (
        <p className="corpus-reason">The three shares must add up to 100, and the seed be a whole number.</p>
      )}
      {create.error !== undefined && <ErrorCallout error={create.error} />}
      <div className="corpus-item-actions">
        <Button
          size="small"
          intent="primary"
          type="submit"
          text="Create split"
          disabled={!valid}
          loading={create.busy}
        />
        <Button size="small" variant="minimal" text="Close" onClick={onDone} />
      </div>
    </form>
  );
}
