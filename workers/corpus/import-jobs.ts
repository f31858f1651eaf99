import { basename } from 'node:path';
import type { ImportSpec } from '../api/corpus.ts';
import { MedspanError } from '../api/errors.ts';
import type { EngineContext } from '../engine/context.ts';
import { storageError } from '../storage/storage-errors.ts';
import type { SpanSink } from './annotation-ports.ts';
import {
  getImport,
  importsInState,
  insertImport,
  setImportState,
  unfinishedImport,
} from './import-queries.ts';
import { removeRows } from './import/remove-import.ts';
import type { ImportResult } from './import/run-import.ts';
import { runImport } from './import/run-import.ts';
import { inSmallCheckpoints } from './import/writer-turn.ts';

/** `corpus.import` jobs: how an import begins, goes on, ends and is cleared away. */
export interface ImportJobs {
  begin(spec: ImportSpec): {
    readonly importId: number;
    readonly jobId: number;
    readonly done: Promise<ImportResult>;
  };
  /** The interrupted import of the very same files with the same options, if there is one. */
  interrupted(spec: ImportSpec): number | undefined;
  resume(importId: number): { readonly jobId: number; readonly done: Promise<ImportResult> };
  /** Makes an import invisible in one write and deletes its rows in short turns. */
  discard(importId: number): void;
  /** After a start: what a crash left running is interrupted, what was being cleared away is cleared on. */
  recover(): void;
  stop(): Promise<void>;
}

type Result = ImportResult & Record<string, number>;

const kind = 'corpus.import';

export function createImportJobs(context: EngineContext, sink: () => SpanSink): ImportJobs {
  const { db, events, jobs, log } = context;
  const importOfJob = new Map<number, number>();
  const clearing = new Map<number, Promise<void>>();
  const stopping = new AbortController();

  // A job that a person cancelled ends as "cancelled"; one that the closing workspace stopped does not.
  events.on('job.changed', (job) => {
    const importId = importOfJob.get(job.id);
    if (importId === undefined || job.endedAt === null) return;
    importOfJob.delete(job.id);
    if (job.state === 'cancelled') clear(importId, 'cancelled');
  });

  function announce(importId: number): void {
    const corpusId = getImport(db, importId)?.corpusId;
    if (corpusId !== undefined) events.emit('corpus.changed', { corpusId });
  }

  function clear(importId: number, state: 'cancelled' | 'failed'): void {
    setImportState(db, importId, state, 0, context.now());
    announce(importId);
    const cleared = removeRows(db, sink(), importId, {
      keepRecord: state === 'failed',
      signal: stopping.signal,
    })
      .catch((error: unknown) => log.error('import.not-cleared', error, { importId }))
      .finally(() => clearing.delete(importId));
    clearing.set(importId, cleared);
  }

  function launch(importId: number, spec: ImportSpec, title: string) {
    const job = jobs.start<Result>({
      kind,
      title,
      async run(handle) {
        // Rows of an import that was just taken back still hold their ids.
        await Promise.all(clearing.values());
        setImportState(db, importId, 'running', 0, null);
        announce(importId);
        try {
          const result = await inSmallCheckpoints(db, () =>
            runImport(importId, spec, {
              db,
              sink: sink(),
              now: context.now,
              signal: handle.signal,
              onFraction: (fraction) => handle.progress(fraction),
            }),
          );
          log.info('import.finished', { ...result });
          announce(importId);
          return { ...result };
        } catch (error) {
          if (handle.signal.aborted) setImportState(db, importId, 'interrupted', 0, null);
          else clear(importId, 'failed');
          throw storageError(error, context.workspace.path);
        }
      },
    });
    importOfJob.set(job.id, importId);
    return { jobId: job.id, done: job.done };
  }

  return {
    begin(spec) {
      const other = unfinishedImport(db, spec.corpusId);
      if (other !== undefined) {
        throw new MedspanError(
          'NOT_ALLOWED',
          other.state === 'running'
            ? `“${other.sourceName}” is being imported into this corpus. Wait for its end, or cancel it.`
            : `The import of “${other.sourceName}” was interrupted. Resume or discard it first.`,
          { importId: other.id },
        );
      }
      const sourceName = describePaths(spec.paths);
      const importId = insertImport(db, {
        corpusId: spec.corpusId,
        sourceName,
        format: spec.format,
        options: JSON.stringify(spec),
        profileId: context.profile().id,
        at: context.now(),
      });
      return { importId, ...launch(importId, spec, `Import ${sourceName}`) };
    },

    interrupted(spec) {
      const other = unfinishedImport(db, spec.corpusId);
      return other?.state === 'interrupted' && other.options === JSON.stringify(spec) ? other.id : undefined;
    },

    resume(importId) {
      const stored = getImport(db, importId);
      if (stored?.state !== 'interrupted') {
        throw new MedspanError('NOT_ALLOWED', 'Only an interrupted import can be resumed.', { importId });
      }
      return launch(
        importId,
        JSON.parse(stored.options) as ImportSpec,
        `Resume import of ${stored.sourceName}`,
      );
    },

    discard: (importId) => clear(importId, 'cancelled'),

    recover() {
      for (const { id } of importsInState(db, 'running')) setImportState(db, id, 'interrupted', 0, null);
      for (const { id } of importsInState(db, 'cancelled')) clear(id, 'cancelled');
      for (const { id } of importsInState(db, 'failed')) clear(id, 'failed');
    },

    async stop() {
      stopping.abort();
      await Promise.all(clearing.values());
    },
  };
}

function describePaths(paths: readonly string[]): string {
  const first = basename(paths[0] ?? '');
  return paths.length === 1 ? first : `${first} and ${String(paths.length - 1)} more`;
}
