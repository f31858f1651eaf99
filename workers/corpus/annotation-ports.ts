/**
 * What corpus needs of annotation. Annotation comes later in the order of areas, so corpus states its needs
 * here and annotation registers what meets them.
 */
export interface ImportedSpan {
  /** Name of a label; one that the schema does not have yet is added to it. */
  readonly label: string;
  /** UTF-16, end exclusive; of a discontinuous span the outer bounds. */
  readonly start: number;
  readonly end: number;
  /** Only of a discontinuous span: its pieces in order. */
  readonly fragments?: readonly { readonly start: number; readonly end: number }[];
}

export interface ImportedLink {
  /** Indices into the note's spans. */
  readonly from: number;
  readonly to: number;
  /** Name of a link type; absent where the labels of the two ends leave only one. */
  readonly type?: string;
}

/** A note that came with somebody's annotation, be it that nothing is to be found in it. */
export interface ImportedNote {
  readonly noteId: number;
  readonly revisionId: number;
  readonly text: string;
  readonly spans: readonly ImportedSpan[];
  readonly links: readonly ImportedLink[];
}

export interface SinkResult {
  readonly spans: number;
  readonly links: number;
  /** Links between labels that no link type connects: left out, and to be reported. */
  readonly illegalLinks: number;
}

/** Takes what an import brings in spans and links. */
export interface SpanSink {
  /**
   * Writes the annotation of some notes into the import's layer. Call it inside the transaction that writes the
   * notes, as often as there are chunks, also after a restart. Errors: BAD_FILE for a span outside its text.
   */
  write(importId: number, notes: readonly ImportedNote[]): SinkResult;
  /** Names of the labels that the schema has now. */
  labels(): readonly string[];
  /** How many notes of an import bear work of an annotator, an adjudicator or a model. */
  laterWork(importId: number): number;
  /**
   * Deletes every span, link, event and note_layer row of these notes, for the notes themselves are about to go.
   * Called inside the transaction that deletes them.
   */
  forget(noteIds: readonly number[]): void;
}

export interface GoldSpan {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly fragments?: readonly { readonly start: number; readonly end: number }[];
}

export interface GoldLink {
  /** Indices into the note's spans. */
  readonly from: number;
  readonly to: number;
  readonly type: string;
}

/** Spans ordered by start, end and label, links by their ends: the same annotation always reads the same. */
export interface GoldNote {
  readonly spans: readonly GoldSpan[];
  readonly links: readonly GoldLink[];
}

/** Tells what counts as gold, now and at an earlier position of the event log. */
export interface GoldSource {
  /** The newest event of the workspace; 0 in a new one. */
  position(): number;
  /** The layer whose word counts for a note, or null where nobody annotated it. */
  goldLayer(noteId: number): number | null;
  /** The layer's spans and links in a note as they were when the log stood at `position`. */
  read(noteId: number, layerId: number, position: number): GoldNote;
}
