import { readTrainingNotes } from '../annotation/service.ts';
import { MedspanError } from '../api/errors.ts';
import type { TaskRunner } from '../engine/context.ts';
import { readArtifact } from '../registry/service.ts';
import { createNoteTagger } from './bundle/note-tagger.ts';
import type { speedTask } from './speed.ts';

const rounds = 5;
/** Enough for a steady figure; a large test part is not read to its end. */
const mostTokens = 20_000;

export const run: TaskRunner<typeof speedTask> = ({ artifactId, splitId }, thread) => {
  const db = thread.database();
  const tag = createNoteTagger(readArtifact(db, artifactId), null);
  const texts: string[] = [];
  let tokens = 0;
  for (const note of readTrainingNotes(db, splitId, 'test')) {
    // The first pass also warms the compiler and the tagger's memory, as a server's first minutes do.
    tokens += tag(note.text).features.tokens;
    texts.push(note.text);
    if (tokens >= mostTokens) break;
  }
  if (tokens === 0) {
    throw new MedspanError('CANNOT_COMPUTE', 'The test part holds no text to measure the speed on.');
  }
  const speeds = Array.from({ length: rounds }, () => {
    if (thread.cancelled()) throw new MedspanError('CANCELLED', 'The measurement was cancelled.');
    const started = performance.now();
    for (const text of texts) tag(text);
    return (tokens * 1000) / (performance.now() - started);
  }).toSorted((a, b) => a - b);
  return {
    tokensPerSecond: speeds[Math.floor(rounds / 2)] ?? 0,
    fastest: speeds.at(-1) ?? 0,
    slowest: speeds[0] ?? 0,
    rounds,
    tokens,
    notes: texts.length,
  };
};
