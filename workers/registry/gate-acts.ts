import { MedspanError } from '../api/errors.ts';
import type { Gate, GateSettings } from '../api/registry.ts';
import type { EngineContext } from '../engine/context.ts';
import { canonicalJson } from './canonical-json.ts';
import type { GateBoard } from './gate-board.ts';
import { settingsFault } from './gate-defaults.ts';
import type { RegistryQueries, VersionRow } from './queries.ts';

/** Changes a gate's settings, or turns it off and on. */
export function editGate(
  context: EngineContext,
  queries: RegistryQueries,
  gate: Gate,
  change: { readonly settings?: GateSettings | undefined; readonly enabled?: boolean | undefined },
): void {
  const fault =
    change.settings === undefined ? null : settingsFault(gate.kind, gate.settings, change.settings);
  if (fault !== null) throw new MedspanError('BAD_INPUT', fault, { gateId: gate.id });
  const settings = canonicalJson({ ...gate.settings, ...change.settings });
  context.db
    .transaction(() => queries.editGate(gate.id, settings, change.enabled ?? gate.enabled))
    .immediate();
  context.events.emit('registry.changed', { modelVersionId: null });
}

/** Lets a red gate pass for one version. What it found stays on record beside the reason. */
export function waiveGate(
  context: EngineContext,
  queries: RegistryQueries,
  board: GateBoard,
  version: VersionRow,
  gate: Gate,
  reason: string,
): void {
  const result = board.results(version.id).find((entry) => entry.gate.id === gate.id);
  if (result === undefined || (result.state !== 'failed' && result.state !== 'error')) {
    const why = result?.state === 'not-run' || result === undefined ? 'has not run' : 'is not red';
    throw new MedspanError(
      'NOT_ALLOWED',
      `“${gate.name}” ${why} for ${version.name}; only a red gate can be waived.`,
      {
        gateId: gate.id,
      },
    );
  }
  context.db
    .transaction(() => {
      queries.addResult({
        modelVersionId: version.id,
        gateId: gate.id,
        settings: board.effectiveSettings(gate, version.id),
        state: 'waived',
        summary: result.summary,
        detail: JSON.stringify(result.evidence),
        waiverReason: reason,
        profileId: context.profile().id,
        at: context.now(),
      });
    })
    .immediate();
  context.events.emit('registry.changed', { modelVersionId: version.id });
}
