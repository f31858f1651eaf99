import type { EngineContext, JobHandle } from '../engine/context.ts';
import { MedspanError } from '../api/errors.ts';
import type { LogImport } from '../api/monitoring.ts';
import type { NamedFile } from '../corpus/service.ts';
import { probeFile, readLines, tooLongLine } from '../corpus/service.ts';
import { readLogLine } from './log-line.ts';
import type { PredictionRow } from './queries.ts';
import { endLogImport, forgetLogImport, insertLogImport, insertPrediction, logImportOf } from './queries.ts';

/** Rejected lines that are listed one by one; the rest is counted. */
const listedRejections = 200;
/** How long one write may hold the writer, so that an annotator's keys never wait. */
const chunkMs = 15;

type Rejection = LogImport['rejections'][number];

/**
 * Imports one log file. Its lines are written in short transactions under an import that nobody sees until the
 * last one is in; a cancelled or killed import leaves nothing to be seen.
 */
export async function importLog(
  context: EngineContext,
  file: NamedFile,
  job: JobHandle,
  progress: (bytes: number, total: number) => void,
): Promise<{ readonly logImportId: number; readonly added: number; readonly rejected: number }> {
  const { db, now } = context;
  const probed = await probeFile(file, { signal: job.signal });
  const { encoding } = probed;
  if (encoding === null || probed.bytes === 0) {
    const what = probed.bytes === 0 ? 'is empty' : 'holds no text';
    throw new MedspanError(
      'BAD_FILE',
      `${file.name} ${what}. Choose a log that serve.mjs or tag.mjs wrote.`,
      {
        file: file.name,
      },
    );
  }
  if (logImportOf(db, probed.sha256) !== undefined) {
    throw new MedspanError(
      'CONFLICT',
      `${file.name} is imported already. Remove that import to read it again.`,
      {
        file: file.name,
      },
    );
  }
  const logImportId = insertLogImport(db, file.name, probed.sha256, now());
  const rejections: Rejection[] = [];
  let rejected = 0;
  let lines = 0;
  let added = 0;
  let read = 0;
  const reject = (line: number, reason: string): void => {
    rejected += 1;
    if (rejections.length < listedRejections) rejections.push({ line, reason });
  };
  const end = (state: LogImport['state']): void => {
    endLogImport(db, logImportId, { state, lines, rejected, rejections, at: now() });
  };
  try {
    const reading = {
      signal: job.signal,
      onBytes: (bytes: number) => {
        read += bytes;
        progress(read, probed.bytes);
      },
    };
    for await (const batch of readLines({ ...probed, encoding }, reading)) {
      const rows: PredictionRow[] = [];
      for (const { number, text } of batch) {
        if (text !== null && text.trim() === '') continue;
        lines += 1;
        const result = text === null ? { reason: tooLongLine } : readLogLine(text);
        if ('reason' in result) reject(number, result.reason);
        else rows.push(result.row);
      }
      added += await writeRows(context, logImportId, rows);
    }
    if (added === 0 && rejected > 0) {
      throw new MedspanError(
        'BAD_FILE',
        `${file.name} holds no line of prediction-log/1. Line ${rejections[0]?.line ?? 1}: ${rejections[0]?.reason ?? ''}`,
        { file: file.name, line: rejections[0]?.line ?? 1 },
      );
    }
    end('finished');
    return { logImportId, added, rejected };
  } catch (error) {
    end(job.signal.aborted ? 'cancelled' : 'failed');
    forgetLogImport(db, logImportId);
    throw error;
  }
}

/** Writes rows in transactions of a few milliseconds, giving way to others between them. */
async function writeRows(
  { db }: EngineContext,
  logImportId: number,
  rows: readonly PredictionRow[],
): Promise<number> {
  let added = 0;
  let next = 0;
  const writeSome = db.transaction(() => {
    const until = performance.now() + chunkMs;
    while (next < rows.length && performance.now() < until) {
      const row = rows[next];
      next += 1;
      if (row !== undefined && insertPrediction(db, logImportId, row)) added += 1;
    }
  });
  while (next < rows.length) {
    writeSome.immediate();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return added;
}
