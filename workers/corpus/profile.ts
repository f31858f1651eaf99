import type { CorpusProfile } from '../api/corpus.ts';
import { MedspanError } from '../api/errors.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import type { GoldSource } from './annotation-ports.ts';
import { histogram } from './histogram.ts';
import { giveWay } from './import/writer-turn.ts';
import { countDistinctTexts, countFacets, lastNoteId, nextNotes, noteLengths } from './note-queries.ts';

/** Lengths, types and label balance of a corpus as it stands. Gives way every few milliseconds. */
export async function profileCorpus(
  db: ReadableDatabase,
  gold: GoldSource,
  corpusId: number,
  signal: AbortSignal,
): Promise<CorpusProfile> {
  const lengths = noteLengths(db, corpusId);
  const labels = new Map<string, { spans: number; notes: number }>();
  const position = gold.position();
  const lastId = lastNoteId(db);
  let annotatedCount = 0;
  let turnEnd = performance.now() + 8;
  for (let page = nextNotes(db, corpusId, 0, lastId, 64); page.length > 0;) {
    for (const { noteId } of page) {
      const layerId = gold.goldLayer(noteId);
      if (layerId === null) continue;
      annotatedCount++;
      const here = new Set<string>();
      for (const { label } of gold.read(noteId, layerId, position).spans) {
        const entry = labels.get(label) ?? { spans: 0, notes: 0 };
        entry.spans++;
        if (!here.has(label)) entry.notes++;
        here.add(label);
        labels.set(label, entry);
      }
    }
    if (performance.now() > turnEnd) {
      await giveWay();
      turnEnd = performance.now() + 8;
      if (signal.aborted) throw new MedspanError('CANCELLED', 'The profile was cancelled.');
    }
    page = nextNotes(db, corpusId, page.at(-1)?.noteId ?? lastId, lastId, 64);
  }
  return {
    noteCount: lengths.length,
    characters: lengths.reduce((sum, length) => sum + length, 0),
    distinctTexts: countDistinctTexts(db, corpusId),
    annotatedCount,
    lengths: histogram(lengths),
    medianLength: median(lengths),
    longest: lengths.at(-1) ?? null,
    types: countFacets(db, corpusId).types,
    labels: [...labels]
      .map(([label, { spans, notes }]) => ({ label, spanCount: spans, noteCount: notes }))
      .sort((a, b) => b.spanCount - a.spanCount),
  };
}

function median(sorted: readonly number[]): number | null {
  if (sorted.length === 0) return null;
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[(sorted.length - 1) >> 1] ?? 0, sorted[middle] ?? 0];
  return (low + high) / 2;
}
