import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { attributesOf } from '../features/dataset.ts';
import { benchV1Templates } from '../features/default-templates.ts';
import { extract } from '../features/extract.ts';
import { Vocabulary } from '../features/vocabulary.ts';
import type { CorpusSentence } from './shared-data.ts';

/** The npm package `crfsuite`: CRFsuite itself behind Node-API. */
export interface Peer {
  Trainer: new (options?: { debug: boolean }) => {
    append(attributes: string[][], labels: string[]): void;
    set_params(options: Record<string, string>): void;
    train(path: string): number;
  };
  Tagger: new () => {
    open(path: string): boolean;
    tag(attributes: string[][]): string[];
  };
}

/** Builds the peer where it is not built yet, and loads it. */
export async function loadPeer(): Promise<Peer> {
  const file = join(import.meta.dirname, '..', '..', 'tools', 'setup', 'crfsuite-peer.ts');
  const { crfsuitePeer } = (await import(pathToFileURL(file).href)) as { crfsuitePeer(): Promise<string> };
  return createRequire(import.meta.url)(await crfsuitePeer()) as Peer;
}

/** A sentence as CRFsuite takes it: attribute names token by token, made outside any timing. */
export interface PeerSentence {
  readonly attributes: string[][];
  readonly labels: string[];
}

/** bench-v1 attributes of sentences, by name. */
export function peerSentences(sentences: readonly CorpusSentence[]): PeerSentence[] {
  const vocabulary = new Vocabulary();
  const dataset = extract(sentences, benchV1Templates, vocabulary);
  const names: string[] = [];
  let token = 0;
  return sentences.map(({ tokens, tags }) => ({
    labels: tags,
    attributes: tokens.map(() =>
      attributesOf(dataset, token++).map(
        ({ attribute }) => (names[attribute] ??= vocabulary.nameOf(attribute)),
      ),
    ),
  }));
}
