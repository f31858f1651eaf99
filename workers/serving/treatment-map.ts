import type { PairMention, PairOrigin, TreatmentPair } from '../api/serving.ts';
import { task } from '../engine/context.ts';

export interface MapInput {
  readonly corpusId: number | null;
  /** Whose suggestions count in notes without gold, or null. */
  readonly modelVersionId: number | null;
  /** Set to collect the places behind one pair instead of the map. */
  readonly pair: { readonly disease: string; readonly treatment: string } | null;
}

export interface MapOutput {
  /** All pairs, most frequent first. */
  readonly pairs: readonly TreatmentPair[];
  readonly diseases: number;
  readonly treatments: number;
  readonly notesWithGold: number;
  readonly notesWithPredictions: number;
  readonly mentions: readonly PairMention[];
}

/** Reads every note once and counts which treatments stand with which disease. */
export const treatmentMapTask = task<MapInput, MapOutput, never>('serving.treatment-map');

interface Tally {
  readonly disease: FormCount;
  readonly treatment: FormCount;
  readonly counts: Record<PairOrigin, number>;
  readonly notes: Set<number>;
}

/** How often each spelling of a form was met. */
class FormCount {
  readonly #spellings = new Map<string, number>();

  add(text: string): void {
    this.#spellings.set(text, (this.#spellings.get(text) ?? 0) + 1);
  }

  /** The commonest spelling; of equally common ones the first by code unit. */
  get text(): string {
    return [...this.#spellings].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? '';
  }
}

/** Adds up pairs of merged surface forms. */
export class PairCounter {
  readonly #tallies = new Map<string, Tally>();

  add(noteId: number, origin: PairOrigin, disease: Form, treatment: Form): void {
    const key = JSON.stringify([disease.key, treatment.key]);
    let tally = this.#tallies.get(key);
    if (tally === undefined) {
      const counts = { linked: 0, 'gold-sentence': 0, 'predicted-sentence': 0 };
      tally = { disease: new FormCount(), treatment: new FormCount(), counts, notes: new Set() };
      this.#tallies.set(key, tally);
    }
    tally.disease.add(disease.text);
    tally.treatment.add(treatment.text);
    tally.counts[origin]++;
    tally.notes.add(noteId);
  }

  pairs(): TreatmentPair[] {
    return [...this.#tallies.values()]
      .map(({ disease, treatment, counts, notes }) => ({
        disease: disease.text,
        treatment: treatment.text,
        linked: counts.linked,
        goldSentences: counts['gold-sentence'],
        predictedSentences: counts['predicted-sentence'],
        notes: notes.size,
      }))
      .toSorted(
        (a, b) =>
          b.notes - a.notes ||
          total(b) - total(a) ||
          order(a.disease, b.disease) ||
          order(a.treatment, b.treatment),
      );
  }
}

export interface Form {
  readonly key: string;
  readonly text: string;
}

function total(pair: TreatmentPair): number {
  return pair.linked + pair.goldSentences + pair.predictedSentences;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
