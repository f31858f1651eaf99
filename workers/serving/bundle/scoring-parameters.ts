import { invalidValue } from './scoring-error.ts';

/** How offsets are counted in the answer: JavaScript and Java count UTF-16, Python counts code points. */
export type OffsetUnit = 'utf-16' | 'code-point';

/** What a request may set beside its texts. */
export interface ScoringParameters {
  /** Spans below it are left out of the answer; the log still has them. */
  readonly minProbability: number;
  readonly offsetUnit: OffsetUnit;
}

/** Reads `params`. A wrong type is refused, an unknown name is ignored: so the protocol has it. */
export function readParameters(value: unknown): ScoringParameters {
  if (value === undefined || value === null) return { minProbability: 0, offsetUnit: 'utf-16' };
  if (typeof value !== 'object' || Array.isArray(value)) throw invalidValue('params must be a dictionary.');
  const given = value as Readonly<Record<string, unknown>>;
  const minimum = Object.hasOwn(given, 'min_prob') ? given['min_prob'] : 0;
  if (typeof minimum !== 'number' || !(minimum >= 0 && minimum <= 1)) {
    throw invalidValue('The parameter min_prob must be a number between 0 and 1.');
  }
  const unit = Object.hasOwn(given, 'offset_unit') ? given['offset_unit'] : 'utf-16';
  if (unit !== 'utf-16' && unit !== 'code-point') {
    throw invalidValue("The parameter offset_unit must be 'utf-16' or 'code-point'.");
  }
  return { minProbability: minimum, offsetUnit: unit };
}
