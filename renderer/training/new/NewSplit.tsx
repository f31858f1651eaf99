import { Button, FormGroup, HTMLSelect, InputGroup } from '@blueprintjs/core';
import { useState } from 'react';
import { call } from '../../engine-client/engine.ts';
import { useAction } from '../../engine-client/use-action.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { unused } from './NewSnapshot.tsx';

interface NewSplitProps {
  readonly corpusId: number;
  readonly snapshotId: number;
  readonly taken: readonly string[];
  readonly onMade: (splitId: number) => void;
}

/** Divides a data version: by chance with a seed, or as the source itself did. */
export function NewSplit({ corpusId, snapshotId, taken, onMade }: NewSplitProps) {
  const { data: facets } = useQuery('corpus.facets', { corpusId });
  const hasParts = facets?.parts.some(({ value }) => value !== null) ?? false;
  const [chosen, setChosen] = useState<'random' | 'source' | null>(null);
  const method = chosen ?? (hasParts ? 'source' : 'random');
  const [seed, setSeed] = useState('1');
  const make = useAction(async () => {
    const { id } = await call('corpus.createSplit', {
      snapshotId,
      name: unused(method === 'source' ? 'source-' : 'random-', taken),
      seed: Number(seed),
      method,
      shares: method === 'source' ? { train: 0.9, dev: 0.1, test: 0 } : { train: 0.7, dev: 0.1, test: 0.2 },
    });
    onMade(id);
  });
  const bad = !/^\d{1,9}$/.test(seed.trim());
  return (
    <div className="make-in-place">
      <FormGroup label="Method" labelFor="split-method">
        <HTMLSelect
          id="split-method"
          fill
          value={method}
          options={[
            { value: 'random', label: 'By chance: 70 % train, 10 % dev, 20 % test' },
            { value: 'source', label: 'Parts of the source, 10 % of train as dev', disabled: !hasParts },
          ]}
          onChange={(event) => setChosen(event.currentTarget.value === 'source' ? 'source' : 'random')}
        />
      </FormGroup>
      <FormGroup
        label="Seed of the split"
        labelFor="split-seed"
        helperText="Equal texts and a patient's notes stay together."
      >
        <div className="choice-row">
          <InputGroup id="split-seed" fill value={seed} onValueChange={(value) => setSeed(value)} />
          <Button text="Split" loading={make.busy} disabled={bad} onClick={() => void make.run()} />
        </div>
      </FormGroup>
      {make.error !== undefined && <ErrorCallout error={make.error} />}
    </div>
  );
}
