import { createTagger, decodeModel } from '../../../crf-core/index.ts';
import type { PredictedSpan } from '../../api/serving.ts';

/** Spans of a plain text as any user of the model gets them: with the engine's own tokens and sentences. */
export type TagText = (text: string) => PredictedSpan[];

export function createTagText(model: Uint8Array): TagText {
  const tagger = createTagger(decodeModel(model));
  return (text) =>
    tagger.tag(text).spans.map(({ label, start, end, probability }) => ({ label, start, end, probability }));
}
