import type { PairMention, PairOrigin, TreatmentPair } from '../../../workers/api/serving.ts';

export interface DiseaseRow {
  readonly disease: string;
  readonly pairs: readonly TreatmentPair[];
}

/** Pairs under their disease; diseases stand in the order of their most frequent pair. */
export function byDisease(pairs: readonly TreatmentPair[]): readonly DiseaseRow[] {
  const rows = new Map<string, TreatmentPair[]>();
  for (const pair of pairs) rows.set(pair.disease, [...(rows.get(pair.disease) ?? []), pair]);
  return [...rows].map(([disease, own]) => ({ disease, pairs: own }));
}

export interface Piece {
  readonly text: string;
  readonly kind: 'disease' | 'treatment' | null;
}

/** A sentence cut at its two spans, whose offsets count from the note's start. Spans outside it are left out. */
export function sentencePieces(
  sentence: string,
  start: number,
  disease: readonly [number, number],
  treatment: readonly [number, number],
): readonly Piece[] {
  const marks = [
    { kind: 'disease' as const, from: disease[0] - start, to: disease[1] - start },
    { kind: 'treatment' as const, from: treatment[0] - start, to: treatment[1] - start },
  ]
    .filter(({ from, to }) => from >= 0 && to <= sentence.length && from < to)
    .toSorted((a, b) => a.from - b.from);
  const pieces: Piece[] = [];
  let at = 0;
  for (const { kind, from, to } of marks) {
    if (from < at) continue;
    if (from > at) pieces.push({ text: sentence.slice(at, from), kind: null });
    pieces.push({ text: sentence.slice(from, to), kind });
    at = to;
  }
  if (at < sentence.length) pieces.push({ text: sentence.slice(at), kind: null });
  return pieces;
}

export interface Mention extends Omit<PairMention, 'origin'> {
  readonly origins: readonly PairOrigin[];
}

/** One entry a place: a pair that was linked and also stands in one annotated sentence is read once. */
export function mergeMentions(mentions: readonly PairMention[]): readonly Mention[] {
  const places = new Map<string, Mention>();
  for (const { origin, ...mention } of mentions) {
    const place = `${mention.noteId} ${mention.disease.join('-')} ${mention.treatment.join('-')}`;
    const known = places.get(place);
    places.set(place, { ...mention, origins: known === undefined ? [origin] : [...known.origins, origin] });
  }
  return [...places.values()];
}
