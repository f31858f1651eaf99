import { createHash } from 'node:crypto';
import type { Json } from '../api/common.ts';
import type { Gate, GateEvidence, GateResult, GateSettings, GuardedStage } from '../api/registry.ts';
import { canonicalJson } from './canonical-json.ts';
import { describeGate } from './gate-defaults.ts';
import { productVersion } from './product-files.ts';
import type { RegistryQueries } from './queries.ts';

/** How the gates of versions stand now. */
export interface GateBoard {
  gates(): Gate[];
  results(versionId: number): GateResult[];
  /** Everything that a result depends on: when any of it changes, the result no longer counts. */
  effectiveSettings(gate: Gate, versionId: number): string;
  /** Why a version may not be promoted to a stage, or null. */
  blocked(versionId: number, stage: GuardedStage): string | null;
}

/** `champion` names the version in Production that a version must be no worse than, or null. */
export function createGateBoard(
  queries: RegistryQueries,
  champion: (versionId: number) => string | null,
): GateBoard {
  const medspan = productVersion();

  function gates(): Gate[] {
    return queries.gates().map((row) => {
      const settings = JSON.parse(row.settings) as GateSettings;
      return { ...row, settings, enabled: row.enabled === 1, description: describeGate(row.kind, settings) };
    });
  }

  function effectiveSettings(gate: Gate, versionId: number): string {
    const more: Record<string, Json> = {};
    if (gate.kind === 'no-worse') more['production'] = champion(versionId);
    if (gate.kind === 'behaviour') {
      more['examples'] = createHash('sha256').update(JSON.stringify(queries.examples())).digest('hex');
    }
    if (gate.stage === 'Production') more['medspan'] = medspan;
    return canonicalJson({ ...gate.settings, ...more });
  }

  function result(gate: Gate, versionId: number): GateResult {
    const row = queries.newestResult(versionId, gate.id);
    if (row === undefined || row.settings !== effectiveSettings(gate, versionId)) {
      const summary =
        row === undefined ? 'It has not run yet.' : `It ran under other conditions and must run again.`;
      return { gate, state: 'not-run', summary, evidence: null, waiver: null, at: null };
    }
    return {
      gate,
      state: row.state,
      summary: row.summary,
      evidence: JSON.parse(row.detail) as GateEvidence,
      waiver: row.waiverReason === null ? null : { by: row.by ?? 'unknown', reason: row.waiverReason },
      at: row.at,
    };
  }

  function results(versionId: number): GateResult[] {
    return gates()
      .filter((gate) => gate.enabled)
      .map((gate) => result(gate, versionId));
  }

  return {
    gates,
    results,
    effectiveSettings,
    blocked(versionId, stage) {
      const { stage: now } = queries.stage(versionId);
      if (now === stage) return `It stands in ${stage} already.`;
      if (stage === 'Staging' && now === 'Production')
        return 'It stands in Production; archive it or roll back instead.';
      // Production asks for the unit checks too: they may have gone stale since Staging.
      const wanted = results(versionId).filter(
        (entry) => stage === 'Production' || entry.gate.stage === stage,
      );
      const red = wanted.filter((entry) => entry.state !== 'passed' && entry.state !== 'waived');
      const needsStaging =
        stage === 'Production' && now !== 'Staging' ? ['It must stand in Staging first.'] : [];
      const reasons = [...needsStaging, ...(red.length === 0 ? [] : [`${listGates(red)}.`])];
      return reasons.length === 0 ? null : reasons.join(' ');
    },
  };
}

/** Such as `“Latency” failed; “Behaviour” and “Determinism” have not run`. */
function listGates(red: readonly GateResult[]): string {
  const group = (states: readonly string[], one: string, many: string): string[] => {
    const names = red.filter((entry) => states.includes(entry.state)).map((entry) => `“${entry.gate.name}”`);
    if (names.length === 0) return [];
    const last = names.at(-1) ?? '';
    return [names.length === 1 ? `${last} ${one}` : `${names.slice(0, -1).join(', ')} and ${last} ${many}`];
  };
  return [
    ...group(['failed', 'error'], 'failed', 'failed'),
    ...group(['not-run'], 'has not run', 'have not run'),
  ].join('; ');
}
