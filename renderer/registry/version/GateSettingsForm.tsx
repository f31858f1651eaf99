import { Button, FormGroup, InputGroup, Switch } from '@blueprintjs/core';
import { useState } from 'react';
import type { Gate } from '../../../workers/api/registry.ts';
import { call } from '../../engine-client/engine.ts';
import { useAction } from '../../engine-client/use-action.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';

const names: Readonly<Record<string, string>> = {
  label: 'Label (empty: all together, *: each)',
  floor: 'Floor',
  margin: 'Margin',
  confidence: 'Confidence',
  resamples: 'Draws',
  seed: 'Seed',
  maxFailureRate: 'Highest failure rate',
  notes: 'Notes',
  testNotes: 'Test notes',
  p95Ms: 'p95 limit (ms)',
  requests: 'Requests',
};

/** A gate's limits. They hold for every version, and a change makes earlier results stale. */
export function GateSettingsForm({ gate }: { readonly gate: Gate }) {
  const stored = Object.fromEntries(
    Object.entries(gate.settings).map(([key, value]) => [key, value === null ? '' : String(value)]),
  );
  const [edited, setEdited] = useState<Readonly<Record<string, string>>>({});
  const changed = Object.entries(edited).filter(([key, value]) => value !== stored[key]);
  const save = useAction(async () => {
    const settings = Object.fromEntries(changed.map(([key, value]) => [key, parse(gate, key, value)]));
    await call('registry.setGate', { gateId: gate.id, settings });
    setEdited({});
  });
  const turn = useAction((enabled: boolean) => call('registry.setGate', { gateId: gate.id, enabled }));
  return (
    <form
      className="gate-settings"
      aria-label={`Settings of ${gate.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (changed.length > 0) void save.run();
      }}
    >
      {Object.keys(stored).map((key) => (
        <FormGroup key={key} label={names[key] ?? key} labelFor={`gate-${String(gate.id)}-${key}`}>
          <InputGroup
            id={`gate-${String(gate.id)}-${key}`}
            size="small"
            value={edited[key] ?? stored[key] ?? ''}
            onValueChange={(value) => setEdited({ ...edited, [key]: value })}
          />
        </FormGroup>
      ))}
      {Object.keys(stored).length > 0 && (
        <Button
          type="submit"
          size="small"
          text="Save limits"
          loading={save.busy}
          disabled={changed.length === 0}
        />
      )}
      <Switch
        checked={gate.enabled}
        label="Guards the stage"
        disabled={turn.busy}
        onChange={(event) => void turn.run(event.currentTarget.checked)}
      />
      {[save.error, turn.error].map((error) => error && <ErrorCallout key={error.message} error={error} />)}
    </form>
  );
}

function parse(gate: Gate, key: string, value: string): string | number | null {
  if (typeof gate.settings[key] === 'number')
    return value.trim() === '' ? Number.NaN : Number(value.replace(',', '.'));
  return value.trim() === '' ? null : value.trim();
}
