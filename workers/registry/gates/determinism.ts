import { createHash } from 'node:crypto';
import { createTagger, decodeModel } from '../../../crf-core/index.ts';
import { fact, judge } from './outcome.ts';
import type { GateOutcome } from './outcome.ts';

/**
 * Tags the texts twice, each time with a tagger of its own and the second time in the opposite order, and compares
 * tags, probabilities and marginals to the last bit. The order matters: taggers remember words that they have met.
 */
export function determinism(model: Uint8Array, texts: readonly string[]): GateOutcome {
  const first = digests(model, texts);
  const second = digests(model, texts.toReversed()).toReversed();
  const different = first.filter((digest, index) => digest !== second[index]).length;
  return judge(
    [
      fact('Texts that differ', different, different === 0 && texts.length > 0, {
        limit: '0',
        n: texts.length,
      }),
    ],
    different === 0
      ? `${String(texts.length)} texts tagged twice, the same bytes both times.`
      : `${String(different)} of ${String(texts.length)} texts came out differently the second time.`,
  );
}

function digests(model: Uint8Array, texts: readonly string[]): string[] {
  const tagger = createTagger(decodeModel(model));
  return texts.map((text) => {
    const tagged = tagger.tag(text);
    return createHash('sha256').update(JSON.stringify(tagged.spans)).update(tagged.marginals).digest('hex');
  });
}
