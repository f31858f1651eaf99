/**
 * Tagging speed on one thread, from tokens to tags: BC5CDR devel with a model of bench-v1 attributes trained on BC5CDR
 * train, against the tagger of the npm package `crfsuite` with the same weights in CRFsuite's format and its
 * attributes made beforehand. Each round of ours begins with a new tagger, so nothing is remembered from before.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchV1Templates } from '../features/default-templates.ts';
import { extract } from '../features/extract.ts';
import { Vocabulary } from '../features/vocabulary.ts';
import { createTagger } from '../inference/tagger.ts';
import { encodeCrfsuiteModel } from '../model/crfsuite-codec.ts';
import { decodeModel, encodeModel } from '../model/native-codec.ts';
import { createTrainer } from '../training/trainer.ts';
import { loadPeer, peerSentences } from './peer.ts';
import { rounds, secondsOf, type Report } from './rounds.ts';
import { readBc5cdr } from './shared-data.ts';

export default async function tag(report: Report): Promise<void> {
  const dataset = extract(readBc5cdr('train'), benchV1Templates, new Vocabulary());
  const trainer = createTrainer(dataset, { maximumIterations: 40, templateSet: benchV1Templates });
  while (!trainer.step().done);
  const model = decodeModel(encodeModel(trainer.model()));
  const sentences = readBc5cdr('devel');
  const tokens = sentences.reduce((sum, sentence) => sum + sentence.tokens.length, 0);
  const prepared = peerSentences(sentences);
  const peer = await loadPeer();
  const folder = mkdtempSync(join(tmpdir(), 'medspan-bench-'));
  const samples: Record<'ours' | 'cold' | 'peer', number[]> = { ours: [], cold: [], peer: [] };
  let different = 0;
  try {
    const path = join(folder, 'model.crfsuite');
    writeFileSync(path, encodeCrfsuiteModel(model));
    const theirs = new peer.Tagger();
    theirs.open(path);
    for (let round = 0; round < rounds; round++) {
      const tagger = createTagger(model);
      const tagAll = (): void => {
        for (const sentence of sentences) tagger.tagsOf(sentence.tokens);
      };
      samples.cold.push(tokens / (await secondsOf(tagAll)));
      samples.ours.push(tokens / (await secondsOf(tagAll)));
      const seconds = await secondsOf(() => {
        for (const { attributes } of prepared) theirs.tag(attributes);
      });
      samples.peer.push(tokens / seconds);
      if (round > 0) continue;
      sentences.forEach((sentence, index) => {
        const tags = tagger.tagsOf(sentence.tokens);
        const other = theirs.tag(prepared[index]!.attributes);
        different += tags.filter((label, token) => label !== other[token]).length;
      });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const speed = (figure: string, values: number[], target?: number): void =>
    report({ figure, samples: values, unit: 'tokens/s', better: 'higher', ...(target ? { target } : {}) });
  speed('tokens-per-second', samples.ours, 1_000_000);
  speed('tokens-per-second-first-pass', samples.cold);
  speed('crfsuite-tokens-per-second', samples.peer);
  report({
    figure: 'ratio',
    samples: samples.ours.map((value, index) => value / samples.peer[index]!),
    unit: 'x',
    better: 'higher',
    target: 7,
  });
  report({
    figure: 'different-tags-share',
    samples: [different / tokens],
    unit: 'share',
    better: 'lower',
  });
}
