import { Button, InputGroup } from '@blueprintjs/core';
import { useState } from 'react';
import { call } from '../../engine-client/engine.ts';
import { useAction } from '../../engine-client/use-action.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';

interface NewSnapshotProps {
  readonly corpusId: number;
  readonly taken: readonly string[];
  readonly onMade: (snapshotId: number) => void;
}

/** Freezes the corpus as it stands. */
export function NewSnapshot({ corpusId, taken, onMade }: NewSnapshotProps) {
  const [name, setName] = useState(() => unused('v', taken));
  const freeze = useAction(async () => {
    const { id } = await call('corpus.createSnapshot', { corpusId, name: name.trim() });
    onMade(id);
  });
  return (
    <div className="make-in-place">
      <div className="choice-row">
        <InputGroup
          fill
          aria-label="Name of the new data version"
          value={name}
          maxLength={120}
          onValueChange={(value) => setName(value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            void freeze.run();
          }}
        />
        <Button
          text="Freeze"
          loading={freeze.busy}
          disabled={name.trim() === ''}
          onClick={() => void freeze.run()}
        />
      </div>
      {freeze.error !== undefined && <ErrorCallout error={freeze.error} />}
    </div>
  );
}

/** `v1`, `v2` … : the first that is free. */
export function unused(prefix: string, taken: readonly string[]): string {
  let number = taken.length + 1;
  while (taken.includes(`${prefix}${String(number)}`)) number += 1;
  return `${prefix}${String(number)}`;
}
