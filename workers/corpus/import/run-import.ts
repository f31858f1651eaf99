import type { ImportSpec } from '../../api/corpus.ts';
import { MedspanError } from '../../api/errors.ts';
import type { WritableDatabase } from '../../storage/connection.ts';
import type { SpanSink } from '../annotation-ports.ts';
import { getImport, importCounts, setImportState } from '../import-queries.ts';
import type { ImportPosition } from './import-writer.ts';
import { createImportWriter } from './import-writer.ts';
import { passes, readSource } from './read-sources.ts';
import type { Source, Sources } from './sources.ts';
import { arrangeSources, findFiles } from './sources.ts';
import { createWriterTurns } from './writer-turn.ts';

export interface ImportNeeds {
  readonly db: WritableDatabase;
  readonly sink: SpanSink;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly onFraction: (fraction: number) => void;
}

export interface ImportResult {
  readonly importId: number;
  readonly notes: number;
  readonly spans: number;
  readonly rejected: number;
  readonly skipped: number;
  /** The longest time for which the writer was held, in ms. */
  readonly longestHold: number;
}

/**
 * Reads the files of an import into it, from where it stands to the end, and makes it visible. Whatever ends it
 * before leaves it invisible, at a position from which the same call goes on.
 */
export async function runImport(
  importId: number,
  spec: ImportSpec,
  needs: ImportNeeds,
): Promise<ImportResult> {
  const { db } = needs;
  const found = arrangeSources(await findFiles(spec.paths), spec.format);
  const turns = createWriterTurns(db);
  const start = storedPosition(db, importId);
  const writer = createImportWriter({
    db,
    sink: needs.sink,
    turns,
    now: needs.now,
    importId,
    corpusId: spec.corpusId,
    labels: spec.labels,
    duplicates: spec.duplicates,
  });

  const meter = createMeter(found.sources, passes(spec.format), needs);
  if (start.source < 0) {
    const position = { source: -1, item: 0, fraction: 0 };
    for (const rejection of found.rejected) await writer.add({ kind: 'rejected', ...rejection }, position);
  }
  for (const [index, source] of found.sources.entries()) {
    if (index < start.source) {
      meter.skip(source);
      continue;
    }
    // Items that an earlier try committed are read again, for the file's own checks, but not written again.
    const committed = index === start.source ? start.item : 0;
    let item = 0;
    for await (const read of readSource(source, spec, { signal: needs.signal, onBytes: meter.onBytes })) {
      item++;
      if (item <= committed && read.kind !== 'file') continue;
      await writer.add(read, { source: index, item: Math.max(item, committed), fraction: meter.fraction() });
      if (needs.signal.aborted) throw stopped();
    }
  }
  await writer.flush();
  if (needs.signal.aborted) throw stopped();
  return finish(importId, needs, turns.longest());
}

function storedPosition(db: WritableDatabase, importId: number): ImportPosition {
  const stored = getImport(db, importId)?.position ?? null;
  return stored === null ? { source: -1, item: 0, fraction: 0 } : (JSON.parse(stored) as ImportPosition);
}

function finish(importId: number, needs: ImportNeeds, longestHold: number): ImportResult {
  const counts = importCounts(needs.db, importId);
  if (counts.notes === 0) {
    throw new MedspanError(
      'BAD_FILE',
      `Nothing came in: ${String(counts.rejected)} lines or files were rejected, ${String(counts.skipped)} were there already. The list of rejections names each; mend them or choose another format.`,
      { importId, rejected: counts.rejected, skipped: counts.skipped },
    );
  }
  // This one write is the moment from which everybody sees all of it.
  setImportState(needs.db, importId, 'finished', 1, needs.now());
  return { importId, ...counts, longestHold };
}

function createMeter(sources: readonly Source[], times: number, needs: ImportNeeds) {
  const total = Math.max(1, times * sources.reduce((sum, source) => sum + source.file.bytes, 0));
  let done = 0;
  const fraction = (): number => Math.min(1, done / total);
  return {
    fraction,
    onBytes(bytes: number) {
      done += bytes;
      needs.onFraction(fraction());
    },
    skip(source: Source) {
      done += times * source.file.bytes;
    },
  };
}

function stopped(): MedspanError {
  return new MedspanError('CANCELLED', 'The import was stopped. Nothing of it is seen.');
}

export type { Sources };
