import { evaluateTags, type Evaluation } from '../metrics/scores.ts';
import { createTagger } from '../inference/tagger.ts';
import type { CrfModel } from '../model/crf-model.ts';

/** A sentence with gold tags, held out. */
export interface GoldSentence {
  readonly tokens: readonly string[];
  readonly tags: readonly string[];
}

/** Tags held-out sentences with a model and scores them: what a live dev-F1 chart shows. */
export function evaluateDev(model: CrfModel, sentences: readonly GoldSentence[]): Evaluation {
  const tagger = createTagger(model);
  return evaluateTags(
    sentences.map(({ tokens, tags }) => ({ gold: tags, predicted: tagger.tagsOf(tokens) })),
    model.scheme,
  );
}
