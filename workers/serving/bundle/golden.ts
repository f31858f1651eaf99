import type { GoldenNote } from '../../api/registry.ts';
import type { PredictedSpan } from '../../api/serving.ts';
import type { NoteTagger } from './log-line.ts';
import { BundleError } from './manifest.ts';

export function readGoldenNotes(bytes: Uint8Array): GoldenNote[] {
  const lines = new TextDecoder().decode(bytes).split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line, index) => {
      try {
        return JSON.parse(line) as GoldenNote;
      } catch (error) {
        throw new BundleError(`Line ${String(index + 1)} of the golden notes is not valid JSON.`, {
          cause: error,
        });
      }
    });
}

/** Names of the golden notes for which this tagger does not give the very same spans and probabilities. */
export function failedGoldenNotes(notes: readonly GoldenNote[], tag: NoteTagger): string[] {
  return notes.filter((note) => !sameSpans(tag(note.text).spans, note.spans)).map((note) => note.name);
}

/** Same labels, same offsets, the same probability to the last bit. */
export function sameSpans(left: readonly PredictedSpan[], right: readonly PredictedSpan[]): boolean {
  return (
    left.length === right.length &&
    left.every((span, index) => {
      const other = right[index];
      return (
        other !== undefined &&
        span.label === other.label &&
        span.start === other.start &&
        span.end === other.end &&
        span.probability === other.probability
      );
    })
  );
}
