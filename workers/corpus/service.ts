import type {
  CorpusRow,
  ImportRow,
  ImportSpec,
  Snapshot,
  SourceFile,
  Split,
  corpusMethods,
} from '../api/corpus.ts';
import { importSpec } from '../api/corpus.ts';
import { MedspanError } from '../api/errors.ts';
import type { AreaService, EngineContext } from '../engine/context.ts';
import type { GoldSource, SpanSink } from './annotation-ports.ts';
import { capacityFigures } from './capacity.ts';
import { freezeCorpus } from './create-snapshot.ts';
import type { SplitSpec } from './create-split.ts';
import { divideSnapshot } from './create-split.ts';
import { createImportJobs } from './import-jobs.ts';
import { getImport, holdsId, listImports, listRejections } from './import-queries.ts';
import { guessFormat } from './import/guess-format.ts';
import { previewSources } from './import/preview.ts';
import type { ImportResult } from './import/run-import.ts';
import { partOfName } from './import/read-item.ts';
import type { FoundFile } from './import/sources.ts';
import { arrangeSources, findFiles } from './import/sources.ts';
import { countFacets, getNote, listNotes } from './note-queries.ts';
import { profileCorpus } from './profile.ts';
import { corpusNamed, getCorpus, insertCorpus, listCorpora } from './queries.ts';
import {
  deleteSnapshot,
  getSnapshot,
  getSplit,
  listSnapshots,
  listSplits,
  snapshotNamed,
  splitNamed,
  unreadySnapshots,
} from './snapshot-queries.ts';
import { summariseCorpus } from './summary.ts';

export type * from './annotation-ports.ts';
export type { SplitMember } from './snapshot-queries.ts';
export { readSplitMembers } from './snapshot-queries.ts';
export { readLines, tooLongLine } from './import/lines.ts';
export { probeFile } from './import/source-file.ts';
export type { NamedFile } from './import/source-file.ts';

/** An import as another area asks for it; what is left out has the defaults of the contract. */
export type ImportRequest = Pick<ImportSpec, 'corpusId' | 'format'> & {
  readonly paths: readonly string[];
} & Partial<Pick<ImportSpec, 'labels' | 'duplicates' | 'offsetUnit' | 'unit'>>;

/** What corpus offers to the areas after it, beside its methods. */
export interface CorpusService extends AreaService<typeof corpusMethods> {
  registerSpanSink(sink: SpanSink): void;
  registerGoldSource(source: GoldSource): void;
  createCorpus(name: string): CorpusRow;
  /** Imports as a job and waits for its end; goes on where the same import was interrupted. */
  importFiles(spec: ImportRequest, signal?: AbortSignal): Promise<ImportResult>;
  createSnapshot(
    spec: { readonly corpusId: number; readonly name: string },
    signal?: AbortSignal,
  ): Promise<Snapshot>;
  createSplit(spec: SplitSpec): Split;
  snapshot(snapshotId: number): Snapshot;
  split(splitId: number): Split;
}

export function createCorpusService(context: EngineContext): CorpusService {
  const { db, events } = context;
  let sink: SpanSink | null = null;
  let gold: GoldSource | null = null;
  const spanSink = (): SpanSink => sink ?? missing('span sink');
  const goldSource = (): GoldSource => gold ?? missing('gold source');
  const imports = createImportJobs(context, spanSink);

  function corpus(corpusId: number): CorpusRow {
    return getCorpus(db, corpusId) ?? notFound('corpus', corpusId);
  }

  function createCorpus(name: string): CorpusRow {
    if (corpusNamed(db, name) !== undefined) throw taken('corpus', name);
    const corpusId = insertCorpus(db, name, context.now());
    events.emit('corpus.changed', { corpusId });
    return corpus(corpusId);
  }

  function begin(spec: ImportSpec) {
    corpus(spec.corpusId);
    const known = spanSink().labels();
    for (const choice of Object.values(spec.labels)) {
      if (choice.action === 'map' && !known.includes(choice.label)) {
        throw new MedspanError(
          'BAD_INPUT',
          `There is no label “${choice.label}” to map to. Choose “create” for a new one.`,
        );
      }
    }
    return imports.begin(spec);
  }

  async function createSnapshot(
    spec: { readonly corpusId: number; readonly name: string },
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Snapshot> {
    corpus(spec.corpusId);
    if (snapshotNamed(db, spec.corpusId, spec.name) !== undefined) throw taken('snapshot', spec.name);
    const snapshot = await freezeCorpus(spec.corpusId, spec.name, {
      db,
      gold: goldSource(),
      profileId: context.profile().id,
      at: context.now(),
      signal,
    });
    events.emit('snapshot.created', { snapshotId: snapshot.id, corpusId: spec.corpusId });
    return snapshot;
  }

  function snapshot(snapshotId: number): Snapshot {
    return getSnapshot(db, snapshotId) ?? notFound('snapshot', snapshotId);
  }

  function createSplit(spec: SplitSpec): Split {
    const { corpusId } = snapshot(spec.snapshotId);
    if (splitNamed(db, spec.snapshotId, spec.name) !== undefined) throw taken('split', spec.name);
    const split = divideSnapshot(db, spec, context.now());
    events.emit('corpus.changed', { corpusId });
    return split;
  }

  function split(splitId: number): Split {
    return getSplit(db, splitId) ?? notFound('split', splitId);
  }

  function listed(corpusId: number): ImportRow[] {
    return listImports(db, corpusId).map(({ position, snapshotName, visible, ...row }) => ({
      ...row,
      visible: visible === 1,
      progress:
        row.state === 'finished'
          ? 1
          : position === null
            ? 0
            : (JSON.parse(position) as { fraction: number }).fraction,
      keptBecause: whyKept(row.id, row.state, snapshotName),
    }));
  }

  function whyKept(importId: number, state: ImportRow['state'], snapshotName: string | null): string | null {
    if (state === 'running') return 'It is running. Cancel it instead.';
    if (snapshotName !== null) return `The snapshot “${snapshotName}” holds notes of it.`;
    const worked = state === 'finished' ? spanSink().laterWork(importId) : 0;
    return worked > 0 ? `${String(worked)} of its notes bear later work.` : null;
  }

  function removeImport(importId: number): null {
    const stored = getImport(db, importId) ?? notFound('import', importId);
    if (unreadySnapshots(db).some(({ corpusId }) => corpusId === stored.corpusId)) {
      throw new MedspanError(
        'NOT_ALLOWED',
        'A snapshot of this corpus is being frozen. Try again when it is done.',
      );
    }
    const row = listed(stored.corpusId).find(({ id }) => id === importId) ?? notFound('import', importId);
    if (row.keptBecause !== null) {
      throw new MedspanError('NOT_ALLOWED', `The import “${row.sourceName}” stays. ${row.keptBecause}`, {
        importId,
      });
    }
    imports.discard(importId);
    return null;
  }

  return {
    registerSpanSink(registered) {
      sink = registered;
    },
    registerGoldSource(registered) {
      gold = registered;
    },
    createCorpus,
    async importFiles(spec, signal) {
      const whole = importSpec.parse(spec);
      const interrupted = imports.interrupted(whole);
      const { jobId, done } = interrupted === undefined ? begin(whole) : imports.resume(interrupted);
      signal?.addEventListener('abort', () => context.jobs.cancel(jobId), { once: true });
      return done;
    },
    createSnapshot,
    createSplit,
    snapshot,
    split,

    start() {
      imports.recover();
      for (const { id } of unreadySnapshots(db)) deleteSnapshot(db, id);
    },
    stop: () => imports.stop(),

    handlers: {
      'corpus.summary': () => summariseCorpus(db, context.workspace.path),
      'corpus.list': () => listCorpora(db),
      'corpus.create': ({ name }) => createCorpus(name),

      async 'corpus.planImport'({ paths, format }, call) {
        const files = await findFiles(paths);
        if (files.length === 0) {
          throw new MedspanError(
            'BAD_FILE',
            'There are no files there. Choose files, or a folder that holds some.',
          );
        }
        const guess =
          format === undefined ? await guessFormat(files, call.signal) : { format, because: 'you chose it' };
        const { sources, rejected } = arrangeSources(files, guess.format);
        const found = sources.flatMap(({ file, labels }) => [
          describeFile(file, labels),
          ...(labels === null ? [] : [describeFile(labels, file)]),
        ]);
        const listedFiles = found.slice(0, 1000);
        const bytes = found.reduce((sum, file) => sum + file.bytes, 0);
        return { ...guess, files: listedFiles, bytes, rejected: rejected.slice(0, 1000) };
      },

      async 'corpus.previewImport'(input, call) {
        const found = arrangeSources(await findFiles(input.paths), input.format);
        let announced = 0;
        return previewSources(found, input, {
          signal: call.signal,
          knownLabels: spanSink().labels(),
          holds: (externalId) => input.corpusId !== null && holdsId(db, input.corpusId, externalId),
          onFraction(fraction) {
            if (performance.now() - announced < 200) return;
            announced = performance.now();
            events.emit('import.preview', { previewId: input.previewId, fraction });
          },
        });
      },

      'corpus.startImport'(spec) {
        const { importId, jobId } = begin(spec);
        return { importId, jobId };
      },
      'corpus.imports': ({ corpusId }) => listed(corpus(corpusId).id),
      'corpus.rejections': ({ importId, limit, offset }) => listRejections(db, importId, limit, offset),
      'corpus.resumeImport': ({ importId }) => ({ jobId: imports.resume(importId).jobId }),
      'corpus.removeImport': ({ importId }) => removeImport(importId),

      'corpus.notes': ({ sort, descending, limit, offset, ...filter }) =>
        listNotes(db, filter, { sort, descending }, { limit, offset }),
      'corpus.note': ({ noteId }) => getNote(db, noteId) ?? notFound('note', noteId),
      'corpus.facets': ({ corpusId }) => countFacets(db, corpus(corpusId).id),
      'corpus.profile': ({ corpusId }, call) =>
        profileCorpus(db, goldSource(), corpus(corpusId).id, call.signal),
      'corpus.capacity': () => capacityFigures(db, context.workspace.path),

      'corpus.createSnapshot': (spec, call) => createSnapshot(spec, call.signal),
      'corpus.snapshots': ({ corpusId }) => listSnapshots(db, corpusId),
      'corpus.snapshot': ({ snapshotId }) => snapshot(snapshotId),
      'corpus.createSplit': (spec) => createSplit(spec),
      'corpus.splits': ({ snapshotId }) => listSplits(db, snapshotId),
      'corpus.split': ({ splitId }) => split(splitId),
    },
  };
}

function describeFile(file: FoundFile, pairedWith: FoundFile | null): SourceFile {
  return {
    name: file.name,
    bytes: file.bytes,
    encoding: null,
    part: partOfName(file.idPrefix),
    pairedWith: pairedWith?.name ?? null,
  };
}

function notFound(what: string, id: number): never {
  throw new MedspanError(
    'NOT_FOUND',
    `There is no ${what} ${String(id)} (any more). Look at the list again.`,
    { id },
  );
}

function taken(what: string, name: string): MedspanError {
  return new MedspanError('CONFLICT', `There is a ${what} named “${name}” already. Choose another name.`);
}

function missing(what: string): never {
  throw new Error(`corpus: no ${what} was registered`);
}
