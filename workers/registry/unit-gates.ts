import type { GateSettings } from '../api/registry.ts';
import { task } from '../engine/context.ts';
import type { BehaviourExample } from './gates/behaviour-example.ts';
import type { GateOutcome } from './gates/outcome.ts';

/** A gate that needs models and notes, and so a thread. */
export interface ThreadGate {
  readonly gateId: number;
  readonly kind: 'no-worse' | 'behaviour' | 'determinism';
  readonly settings: GateSettings;
}

export interface ModelAndSplit {
  readonly name: string;
  readonly artifactId: number;
  readonly splitId: number;
}

export interface UnitGatesInput {
  readonly candidate: ModelAndSplit;
  /** What stands in Production, or null. */
  readonly champion: ModelAndSplit | null;
  readonly gates: readonly ThreadGate[];
  readonly examples: readonly BehaviourExample[];
}

export type UnitGatesOutput = readonly { readonly gateId: number; readonly outcome: GateOutcome }[];

export const unitGatesTask = task<UnitGatesInput, UnitGatesOutput, { readonly fraction: number }>(
  'registry.unit-gates',
);
