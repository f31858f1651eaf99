import { z } from 'zod';
import type { AreaSummary, Figure, Json, Page } from './common.ts';
import { filePath, id, page } from './common.ts';
import { method } from './method.ts';

/** How the files of an import are laid out. */
export type ImportFormat = 'token-pairs' | 'conll' | 'jsonl' | 'text';
export type Encoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'windows-1252';
export type Part = 'train' | 'dev' | 'test';
export type NoteStatus = 'new' | 'started' | 'done' | 'flagged';
export type ImportState = 'running' | 'finished' | 'cancelled' | 'failed' | 'interrupted';
/** In what the offsets of a source are counted. `auto` tries UTF-16 first and lets the quotes decide. */
export type OffsetUnit = 'auto' | 'utf16' | 'codepoint';

export interface CorpusRow {
  readonly id: number;
  readonly name: string;
  readonly noteCount: number;
  readonly characters: number;
  readonly importCount: number;
  readonly snapshotCount: number;
  readonly createdAt: number;
}

/** A file that a person chose, as it was found. */
export interface SourceFile {
  /** Name relative to the chosen folder, or the bare name of a chosen file. */
  readonly name: string;
  readonly bytes: number;
  readonly encoding: Encoding | null;
  readonly part: Part | null;
  /** The file that belongs to it: the labels of a sentence file. */
  readonly pairedWith: string | null;
}

/** What was found where a person pointed, before anything is read in full. */
export interface ImportPlan {
  readonly format: ImportFormat;
  /** Why this format was guessed, in a few words. */
  readonly because: string;
  readonly files: readonly SourceFile[];
  readonly bytes: number;
  readonly rejected: readonly Rejection[];
}

/** A line, or a whole file where `line` is null, that cannot come in. Never holds note text. */
export interface Rejection {
  readonly file: string;
  readonly line: number | null;
  readonly reason: string;
}

/** What becomes of a label name of the source. */
export type LabelChoice =
  /** Becomes this label of the workspace. */
  | { readonly action: 'map'; readonly label: string }
  /** A new label of this name is made. */
  | { readonly action: 'create'; readonly label: string }
  /** Its spans are left out; the notes come in. */
  | { readonly action: 'leave-out' }
  /** Every note that has such a span is rejected. */
  | { readonly action: 'reject' };

export interface SourceLabel {
  readonly name: string;
  readonly spanCount: number;
  /** null where a person must decide. */
  readonly suggestion: LabelChoice | null;
}

/** The first notes of a preview, for the eye. Shown, never stored or logged. */
export interface PreviewNote {
  readonly externalId: string;
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly label: string }[];
}

export interface ImportPreview {
  readonly noteCount: number;
  readonly spanCount: number;
  readonly linkCount: number;
  readonly characters: number;
  readonly partCounts: Readonly<Record<Part | 'none', number>>;
  readonly labels: readonly SourceLabel[];
  readonly knownLabels: readonly string[];
  /** Ids that stand twice in the files or stand in the corpus already. */
  readonly duplicateCount: number;
  readonly rejectedCount: number;
  /** The first thousand; the count above is exact. */
  readonly rejected: readonly Rejection[];
  /** Things that were tolerated, each said once: IOB1 tags, offsets counted in code points. */
  readonly notices: readonly string[];
  readonly files: readonly SourceFile[];
  readonly firstNotes: readonly PreviewNote[];
}

export interface ImportRow {
  readonly id: number;
  readonly corpusId: number;
  readonly sourceName: string;
  readonly format: ImportFormat;
  readonly state: ImportState;
  readonly visible: boolean;
  readonly noteCount: number;
  readonly spanCount: number;
  readonly rejectedCount: number;
  readonly skippedCount: number;
  /** 0 to 1 by bytes read. */
  readonly progress: number;
  readonly by: string | null;
  readonly createdAt: number;
  readonly endedAt: number | null;
  /** Why it cannot be removed, or null where it can. */
  readonly keptBecause: string | null;
}

export interface NoteRow {
  readonly id: number;
  readonly externalId: string;
  readonly status: NoteStatus;
  readonly noteType: string | null;
  readonly patientId: string | null;
  readonly site: string | null;
  readonly part: Part | null;
  readonly writtenAt: number | null;
  readonly length: number;
  readonly importId: number;
  /** The first characters of the text, for the list. */
  readonly opening: string;
}

export interface NoteDetail extends NoteRow {
  readonly corpusId: number;
  readonly revisionId: number;
  readonly text: string;
  readonly sha256: string;
  readonly author: string | null;
  readonly metadata: Json;
  readonly source: {
    readonly file: string;
    readonly line: number | null;
    readonly encoding: Encoding;
    /** SHA-256 of the file's bytes as they were read. */
    readonly sha256: string;
  } | null;
}

export interface NoteFacets {
  readonly total: number;
  readonly statuses: readonly { readonly value: NoteStatus; readonly count: number }[];
  readonly types: readonly { readonly value: string | null; readonly count: number }[];
  readonly parts: readonly { readonly value: Part | null; readonly count: number }[];
}

/** An immutable dataset version. */
export interface Snapshot {
  readonly id: number;
  readonly corpusId: number;
  readonly name: string;
  /** SHA-256 over the canonical form of notes, gold spans and links; the same content gives the same hash. */
  readonly contentSha256: string;
  readonly eventPosition: number;
  readonly noteCount: number;
  readonly annotatedCount: number;
  readonly spanCount: number;
  readonly linkCount: number;
  readonly labelCounts: Readonly<Record<string, number>>;
  readonly by: string | null;
  readonly createdAt: number;
}

export interface Split {
  readonly id: number;
  readonly snapshotId: number;
  readonly name: string;
  readonly method: 'random' | 'source';
  readonly seed: number;
  readonly shares: Readonly<Record<Part, number>>;
  readonly counts: Readonly<Record<Part, number>>;
  /** Notes whose very text stands in an earlier part too. Only where the source's own parts are used. */
  readonly leakedCount: number;
  readonly createdAt: number;
}

/** A small honest histogram: `edges` has one number more than `counts`. */
export interface Histogram {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

export interface CorpusProfile {
  readonly noteCount: number;
  readonly characters: number;
  readonly distinctTexts: number;
  readonly annotatedCount: number;
  readonly lengths: Histogram;
  readonly medianLength: number | null;
  readonly longest: number | null;
  readonly types: readonly { readonly value: string | null; readonly count: number }[];
  readonly labels: readonly {
    readonly label: string;
    readonly spanCount: number;
    readonly noteCount: number;
  }[];
}

const labelName = z.string().trim().min(1).max(80);

export const labelChoice = z.discriminatedUnion('action', [
  z.object({ action: z.literal('map'), label: labelName }),
  z.object({ action: z.literal('create'), label: labelName }),
  z.object({ action: z.literal('leave-out') }),
  z.object({ action: z.literal('reject') }),
]);

/** Where the files are and how they are to be read. */
export const importSource = z.object({
  paths: z.array(filePath).min(1).max(10_000),
  format: z.enum(['token-pairs', 'conll', 'jsonl', 'text']),
  offsetUnit: z.enum(['auto', 'utf16', 'codepoint']).default('auto'),
  /** For CoNLL files with `-DOCSTART-`: a note is a document, or each sentence is one. */
  unit: z.enum(['document', 'sentence']).default('document'),
});

export const importSpec = importSource.extend({
  corpusId: id,
  labels: z.record(z.string().max(200), labelChoice).default({}),
  /** An id that the corpus holds already: leave the line out and count it, or list it as rejected. */
  duplicates: z.enum(['skip', 'reject']).default('reject'),
});

export type ImportSource = z.output<typeof importSource>;
export type ImportSpec = z.output<typeof importSpec>;

const name = z.string().trim().min(1).max(120);

const noteFilter = z.object({
  corpusId: id,
  statuses: z
    .array(z.enum(['new', 'started', 'done', 'flagged']))
    .max(4)
    .optional(),
  /** null asks for the notes without a type. */
  types: z.array(z.string().max(200).nullable()).max(200).optional(),
  parts: z
    .array(z.enum(['train', 'dev', 'test']).nullable())
    .max(4)
    .optional(),
  importId: id.optional(),
  patientId: z.string().max(200).optional(),
  /** Part of the text or of the id, letter case ignored for ASCII. */
  search: z.string().max(500).optional(),
});

export const corpusMethods = {
  'corpus.summary': method<AreaSummary>()(z.object({})),
  'corpus.list': method<readonly CorpusRow[]>()(z.object({})),
  /** Errors: CONFLICT where the name is taken. */
  'corpus.create': method<CorpusRow>()(z.object({ name })),
  /** Looks where a person pointed and guesses the format. Errors: NOT_FOUND, BAD_FILE. */
  'corpus.planImport': method<ImportPlan>()(
    z.object({ paths: z.array(filePath).min(1).max(10_000), format: importSource.shape.format.optional() }),
  ),
  /**
   * Reads everything and writes nothing. Progress arrives as `import.preview` events under the caller's
   * `previewId`. Errors: BAD_FILE, CANCELLED.
   */
  'corpus.previewImport': method<ImportPreview>()(
    importSource.extend({ corpusId: id.nullable(), previewId: z.string().max(80) }),
  ),
  /**
   * Starts an import as a job. Nothing is seen of it before its end; a note with a label that `labels` does not
   * decide about is rejected and listed. Errors: BAD_INPUT where a label to map to is not there, NOT_ALLOWED
   * while another import of the corpus is unfinished.
   */
  'corpus.startImport': method<{ readonly importId: number; readonly jobId: number }>()(importSpec),
  'corpus.imports': method<readonly ImportRow[]>()(z.object({ corpusId: id })),
  'corpus.rejections': method<Page<Rejection>>()(page.extend({ importId: id })),
  /** Goes on with an interrupted import. Errors: NOT_ALLOWED, BAD_FILE where a file has changed since. */
  'corpus.resumeImport': method<{ readonly jobId: number }>()(z.object({ importId: id })),
  /**
   * Takes an import back as one act: its notes are gone from every list at once. Errors: NOT_ALLOWED where a
   * snapshot or an annotator's work refers to its notes.
   */
  'corpus.removeImport': method<null>()(z.object({ importId: id })),
  'corpus.notes': method<Page<NoteRow>>()(
    noteFilter.extend({
      ...page.shape,
      sort: z.enum(['id', 'externalId', 'length', 'writtenAt', 'status', 'noteType']).default('id'),
      descending: z.boolean().default(false),
    }),
  ),
  'corpus.note': method<NoteDetail>()(z.object({ noteId: id })),
  'corpus.facets': method<NoteFacets>()(z.object({ corpusId: id })),
  'corpus.profile': method<CorpusProfile>()(z.object({ corpusId: id })),
  'corpus.capacity': method<readonly Figure[]>()(z.object({})),
  /** Freezes the corpus as it stands. Errors: CONFLICT where the name is taken, CANNOT_COMPUTE on no notes. */
  'corpus.createSnapshot': method<Snapshot>()(z.object({ corpusId: id, name })),
  'corpus.snapshots': method<readonly Snapshot[]>()(z.object({ corpusId: id })),
  'corpus.snapshot': method<Snapshot>()(z.object({ snapshotId: id })),
  /**
   * Divides the notes of a snapshot. `random` keeps equal texts and a patient's notes together; `source` takes
   * the parts that the source assigned, carves `dev` out of train, and counts texts that leak.
   */
  'corpus.createSplit': method<Split>()(
    z.object({
      snapshotId: id,
      name,
      seed: z.number().int().min(0).max(0xffffffff).default(1),
      method: z.enum(['random', 'source']),
      shares: z
        .object({
          train: z.number().min(0).max(1),
          dev: z.number().min(0).max(1),
          test: z.number().min(0).max(1),
        })
        .refine((shares) => Math.abs(shares.train + shares.dev + shares.test - 1) < 1e-6, {
          message: 'the three shares must add up to 1',
        }),
    }),
  ),
  'corpus.splits': method<readonly Split[]>()(z.object({ snapshotId: id })),
  'corpus.split': method<Split>()(z.object({ splitId: id })),
} as const;
