import type { TextSpan } from '../../crf-core/index.ts';
import { spansToTags } from '../../crf-core/index.ts';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { rename, rm } from 'node:fs/promises';
import { readTrainingNotes } from '../annotation/service.ts';
import type { PredictionExport } from '../api/training.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import { storageError } from '../storage/storage-errors.ts';
import { readReadings } from './paired-difference.ts';
import { segment, sentenceRanges } from './segments.ts';

export interface ExportRequest {
  readonly runId: number;
  readonly splitId: number;
  readonly part: 'dev' | 'test';
  readonly path: string;
}

/**
 * Writes `token TAB gold TAB predicted`, tags in IOB2 whatever the run's own scheme, a blank line after each
 * sentence. The file stands under its name only once it is whole.
 */
export async function exportPredictions(
  db: ReadableDatabase,
  { runId, splitId, part, path }: ExportRequest,
): Promise<PredictionExport> {
  const readings = readReadings(db, runId, part);
  const unfinished = `${path}.part`;
  let notes = 0;
  let sentences = 0;
  let tokens = 0;
  try {
    const file = createWriteStream(unfinished, { encoding: 'utf8' });
    await once(file, 'open');
    for (const note of readTrainingNotes(db, splitId, part)) {
      const reading = readings.get(note.noteId);
      if (reading === undefined) continue;
      const cut = segment(note.text, note.tokenOffsets);
      const tagsOf = (spans: readonly TextSpan[]): readonly string[] =>
        spansToTags(spans, cut.tokens, 'IOB2', cut.sentences).tags;
      const gold = tagsOf(reading.gold);
      const predicted = tagsOf(reading.predicted);
      let lines = '';
      for (const [from, to] of sentenceRanges(cut.sentences)) {
        for (let index = from; index < to; index += 1) {
          const token = note.text.slice(cut.tokens.starts[index], cut.tokens.ends[index]);
          lines += `${token}\t${gold[index] ?? 'O'}\t${predicted[index] ?? 'O'}\n`;
        }
        lines += '\n';
        sentences += 1;
        tokens += to - from;
      }
      notes += 1;
      if (!file.write(lines)) await once(file, 'drain');
    }
    file.end();
    await once(file, 'close');
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw storageError(error, path);
  }
  return { path, notes, sentences, tokens };
}
