import { createRandom } from '../../crf-core/index.ts';
import { task } from '../engine/context.ts';

export interface MappingInput {
  readonly artifactId: number;
  readonly splitId: number;
}

/** Pairs of one note, merged by surface form: how many are linked in gold, were found, and both. */
export interface PairCounts {
  readonly gold: number;
  readonly found: number;
  readonly correct: number;
}

export interface Measured {
  readonly value: number;
  readonly interval: readonly [number, number];
}

export interface MappingScores {
  readonly precision: Measured;
  readonly recall: Measured;
  readonly f1: Measured;
}

export interface MappingOutput {
  /** Notes with at least one linked or found pair. */
  readonly notes: number;
  readonly goldPairs: number;
  /** null where the test part holds no link. */
  readonly predicted: MappingScores | null;
  readonly onGoldSpans: MappingScores | null;
}

/** Scores the one-sentence rule against the links of a test part. */
export const mappingTask = task<MappingInput, MappingOutput, never>('serving.mapping-accuracy');

const draws = 1000;

/** Precision, recall and F1 with 95 % percentile intervals from resampling notes. */
export function scorePairs(notes: readonly PairCounts[], seed = 1): MappingScores | null {
  const whole = addUp(notes);
  if (whole.gold === 0) return null;
  const random = createRandom(seed);
  const samples = Array.from({ length: draws }, () =>
    ratios(
      addUp(notes.map(() => notes[Math.floor(random() * notes.length)] ?? { gold: 0, found: 0, correct: 0 })),
    ),
  );
  const point = ratios(whole);
  const measured = (name: keyof typeof point): Measured => {
    const sorted = samples.map((sample) => sample[name]).toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.min(draws - 1, Math.floor(share * draws))] ?? 0;
    return { value: point[name], interval: [at(0.025), at(0.975)] };
  };
  return { precision: measured('precision'), recall: measured('recall'), f1: measured('f1') };
}

function addUp(notes: readonly PairCounts[]): PairCounts {
  let gold = 0;
  let found = 0;
  let correct = 0;
  for (const note of notes) {
    gold += note.gold;
    found += note.found;
    correct += note.correct;
  }
  return { gold, found, correct };
}

function ratios({ gold, found, correct }: PairCounts): Record<'precision' | 'recall' | 'f1', number> {
  return {
    precision: found === 0 ? 0 : correct / found,
    recall: gold === 0 ? 0 : correct / gold,
    f1: gold + found === 0 ? 0 : (2 * correct) / (gold + found),
  };
}
