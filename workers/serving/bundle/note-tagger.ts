import type { TaggedText, Tagger, Tokens, WordSet } from '../../../crf-core/index.ts';
import { createTagger, decodeModel } from '../../../crf-core/index.ts';
import type { NoteTagger, TaggedNote } from './log-line.ts';
import { noteFeatures } from './note-features.ts';

/** Makes the tagger of a stored model. Errors: CrfError where the bytes are not a sound model. */
export function createNoteTagger(model: Uint8Array, vocabulary: WordSet | null): NoteTagger {
  const tagger = createTagger(decodeModel(model));
  return (text) => describe(text, tagger.tag(text), tagger, vocabulary);
}

/** The same with tokens that the source brought instead of our own. */
export function tagWithTokens(
  tagger: Tagger,
  text: string,
  tokens: Tokens,
  vocabulary: WordSet | null,
): TaggedNote {
  return describe(text, tagger.tag(text, tokens), tagger, vocabulary);
}

function describe(text: string, tagged: TaggedText, tagger: Tagger, vocabulary: WordSet | null): TaggedNote {
  const tokens = tagged.tokens.starts.length;
  return {
    features: noteFeatures(text, tagged.tokens, Math.max(0, tagged.sentences.length - 1), vocabulary),
    spans: tagged.spans.map(({ label, start, end, probability }) => ({ label, start, end, probability })),
    expectedGold: tagged.expectedSpans,
    confidence: {
      meanTokenMaxMarginal: tokens === 0 ? null : meanMaximum(tagged.marginals, tagger.labels.length),
      sequenceLogProbability: tokens === 0 ? null : sum(tagged.logProbabilities),
      sequenceEntropy: null,
    },
    attributeCounts: Object.fromEntries(
      Object.entries(tagged.attributeCounts).map(([template, known]) => [
        template,
        { known, unknown: tagged.unknownCounts[template] ?? 0 },
      ]),
    ),
  };
}

/** Mean over tokens of the most probable tag's probability; rounding may push a maximum past 1. */
function meanMaximum(marginals: Float64Array, labels: number): number {
  let total = 0;
  for (let row = 0; row < marginals.length; row += labels) {
    let best = 0;
    for (let label = 0; label < labels; label++) best = Math.max(best, marginals[row + label] ?? 0);
    total += best;
  }
  return Math.min(1, total / (marginals.length / labels));
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
