import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import type { TagScheme } from '../../crf-core/index.ts';
import type { TrainingNote } from '../annotation/service.ts';
import { readTrainingNotes } from '../annotation/service.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import type { Preparation, PreparedNote } from './prepared-notes.ts';
import { createPreparation } from './prepared-notes.ts';

export type Part = 'train' | 'dev' | 'test';

/** Reads the parts of a split one after the other, timing and hashing what passes. */
export interface SplitReader {
  part(part: Part): { readonly notes: Iterable<PreparedNote>; readonly counts: Preparation };
  /** Seconds spent in reading and preparing. */
  readonly seconds: () => number;
  /** SHA-256 over everything read so far. */
  readonly digest: () => string;
}

export interface SplitReaderOptions {
  readonly db: ReadableDatabase;
  readonly splitId: number;
  readonly scheme: TagScheme;
  /** Called with every note, so that reading can be watched and stopped. */
  readonly onNote: () => void;
}

export function createSplitReader({ db, splitId, scheme, onNote }: SplitReaderOptions): SplitReader {
  const hash: Hash = createHash('sha256');
  let milliseconds = 0;

  function* timed(source: Iterator<TrainingNote>, counts: Preparation): Generator<PreparedNote> {
    for (;;) {
      const start = performance.now();
      const next = source.next();
      const note = next.done === true ? null : counts.prepare(next.value);
      milliseconds += performance.now() - start;
      if (note === null) return;
      onNote();
      yield note;
    }
  }

  return {
    part(part) {
      hash.update(`${part}\n`);
      const counts = createPreparation(scheme, hash);
      return { notes: timed(readTrainingNotes(db, splitId, part), counts), counts };
    },
    seconds: () => milliseconds / 1000,
    digest: () => hash.copy().digest('hex'),
  };
}
