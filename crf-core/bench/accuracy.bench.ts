/**
 * Accuracy on BeHealthy (train → test) and BC5CDR (train → devel) against CRFsuite with bench-v1 attributes in the
 * same run. Settings were chosen by four-fold cross-validation on BeHealthy's train part and are the same for both
 * corpora; the scored parts were not looked at for any choice.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultTemplates } from '../features/default-templates.ts';
import { extract } from '../features/extract.ts';
import { Vocabulary } from '../features/vocabulary.ts';
import { createTagger } from '../inference/tagger.ts';
import { bootstrapF1, pairedBootstrap } from '../metrics/bootstrap.ts';
import { createRandom } from '../metrics/random.ts';
import type { Counts, TaggedPair } from '../metrics/scores.ts';
import { evaluateTags, spanCounts } from '../metrics/scores.ts';
import type { TagScheme } from '../text/schemes.ts';
import { createTrainer } from '../training/trainer.ts';
import { loadPeer, peerSentences, type Peer } from './peer.ts';
import { secondsOf } from './rounds.ts';
import { readBc5cdr, readBehealthy, type CorpusSentence } from './shared-data.ts';

/** A figure, with its interval as least and greatest where it has one. */
type Report = (figure: {
  figure: string;
  value: number;
  unit: string;
  better: 'higher' | 'lower';
  target?: number;
  n?: number;
  min?: number;
  max?: number;
}) => void;

const seed = 20261123;

/** Settings found by cross-validation on train. */
const settings = { c2: 0.5, maximumIterations: 80 } as const;

function tagWithOurs(
  train: readonly CorpusSentence[],
  test: readonly CorpusSentence[],
  scheme: TagScheme,
): string[][] {
  const dataset = extract(train, defaultTemplates, new Vocabulary());
  const trainer = createTrainer(dataset, { ...settings, scheme, templateSet: defaultTemplates });
  while (!trainer.step().done);
  const tagger = createTagger(trainer.model());
  return test.map(({ tokens }) => tagger.tagsOf(tokens));
}

function tagWithPeer(
  peer: Peer,
  train: readonly CorpusSentence[],
  test: readonly CorpusSentence[],
): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'medspan-bench-'));
  try {
    const trainer = new peer.Trainer();
    trainer.set_params({ c1: '0', c2: '1', max_iterations: '100' });
    for (const { attributes, labels } of peerSentences(train)) trainer.append(attributes, labels);
    const path = join(folder, 'model');
    trainer.train(path);
    const tagger = new peer.Tagger();
    tagger.open(path);
    return peerSentences(test).map(({ attributes }) => tagger.tag(attributes));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const pairsOf = (test: readonly CorpusSentence[], predicted: readonly string[][]): TaggedPair[] =>
  test.map(({ tags }, index) => ({ gold: tags, predicted: predicted[index]! }));

/** Counts of one span label only. */
function labelCounts(pairs: readonly TaggedPair[], label: string): Counts[] {
  const only = (tags: readonly string[]): string[] =>
    tags.map((tag) => (tag.endsWith(`-${label}`) ? tag : 'O'));
  return pairs.map(({ gold, predicted }) =>
    spanCounts({ gold: only(gold), predicted: only(predicted) }, 'IOB2'),
  );
}

async function behealthy(report: Report, peer: Peer): Promise<void> {
  let ours: TaggedPair[] = [];
  const train = readBehealthy('train');
  const test = readBehealthy('test');
  const seconds = await secondsOf(() => {
    ours = pairsOf(test, tagWithOurs(readBehealthy('train'), readBehealthy('test'), 'IO'));
    evaluateTags(ours, 'IO');
  });
  report({ figure: 'behealthy-seconds', value: seconds, unit: 's', better: 'lower', target: 20 });
  const theirs = pairsOf(test, tagWithPeer(peer, train, test));
  const known = new Set(train.map(({ tokens }) => tokens.join(' ')));
  const fresh = (pairs: TaggedPair[]): TaggedPair[] =>
    pairs.filter((_, index) => !known.has(test[index]!.tokens.join(' ')));
  const scores = (name: string, pairs: TaggedPair[], targets: { token?: number; span?: number }): void => {
    const { spans, tokens } = evaluateTags(pairs, 'IO');
    const n = pairs.length;
    const interval = bootstrapF1(
      pairs.map((pair) => spanCounts(pair, 'IO')),
      createRandom(seed),
    );
    report({
      figure: `${name}-token-f1`,
      value: tokens.micro.f1,
      unit: 'F1',
      better: 'higher',
      n,
      ...(targets.token ? { target: targets.token } : {}),
    });
    report({
      figure: `${name}-span-f1`,
      value: spans.micro.f1,
      unit: 'F1',
      better: 'higher',
      n,
      min: interval.low,
      max: interval.high,
      ...(targets.span ? { target: targets.span } : {}),
    });
  };
  scores('behealthy', ours, { token: 0.72, span: 0.61 });
  scores('behealthy-unseen', fresh(ours), {});
  scores('behealthy-crfsuite', theirs, {});
  const counts = (pairs: TaggedPair[]): Counts[] => pairs.map((pair) => spanCounts(pair, 'IO'));
  const { pValue } = pairedBootstrap(counts(theirs), counts(ours), createRandom(seed));
  report({ figure: 'behealthy-p-value', value: pValue, unit: 'p', better: 'lower', target: 0.05 });
}

function bc5cdr(report: Report, peer: Peer): void {
  const train = readBc5cdr('train');
  const test = readBc5cdr('devel');
  const ours = pairsOf(test, tagWithOurs(train, test, 'IOB2'));
  const theirs = pairsOf(test, tagWithPeer(peer, train, test));
  for (const [label, target] of [
    ['Chemical', 0.9],
    ['Disease', 0.795],
  ] as const) {
    const mine = evaluateTags(ours, 'IOB2').spans.labels[label]!.f1;
    const other = evaluateTags(theirs, 'IOB2').spans.labels[label]!.f1;
    const interval = bootstrapF1(labelCounts(ours, label), createRandom(seed));
    const name = `bc5cdr-${label.toLowerCase()}`;
    report({
      figure: `${name}-f1`,
      value: mine,
      unit: 'F1',
      better: 'higher',
      target,
      n: test.length,
      min: interval.low,
      max: interval.high,
    });
    report({ figure: `${name}-crfsuite-f1`, value: other, unit: 'F1', better: 'higher' });
    report({ figure: `${name}-gain`, value: mine - other, unit: 'F1', better: 'higher', target: 0.04 });
  }
}

export default async function accuracy(report: Report): Promise<void> {
  const peer = await loadPeer();
  await behealthy(report, peer);
  bc5cdr(report, peer);
}
