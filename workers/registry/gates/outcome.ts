import type { GateEvidence, GateFact } from '../../api/registry.ts';

/** What running a gate gives. `error` means that the gate could not be run, which blocks as well. */
export interface GateOutcome {
  readonly state: 'passed' | 'failed' | 'error';
  /** One sentence for the row. */
  readonly summary: string;
  readonly evidence: GateEvidence;
}

export function evidence(parts: Partial<GateEvidence>): GateEvidence {
  return { facts: [], noteIds: [], examples: [], remarks: [], ...parts };
}

/** The verdict of facts that must all pass. */
export function judge(
  facts: readonly GateFact[],
  summary: string,
  rest: Partial<GateEvidence> = {},
): GateOutcome {
  return {
    state: facts.every((fact) => fact.passed) ? 'passed' : 'failed',
    summary,
    evidence: evidence({ ...rest, facts }),
  };
}

export function couldNotRun(summary: string, remarks: readonly string[] = []): GateOutcome {
  return { state: 'error', summary, evidence: evidence({ remarks }) };
}

export function fact(
  name: string,
  value: GateFact['value'],
  passed: boolean,
  rest: Partial<Omit<GateFact, 'name' | 'value' | 'passed'>> = {},
): GateFact {
  return { name, value, unit: '', limit: null, interval: null, n: null, passed, ...rest };
}
