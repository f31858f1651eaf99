import { z } from 'zod';
import type { AreaSummary, Page } from './common.ts';
import { id, page } from './common.ts';
import { method } from './method.ts';

export type NoteStatus = 'new' | 'started' | 'done' | 'flagged';
export const noteStatus = z.enum(['new', 'started', 'done', 'flagged']);

export type LabelRole = 'disease' | 'treatment' | 'other';
export type LabelPattern = 'solid' | 'dashed' | 'dotted' | 'double' | 'wavy';

export interface Label {
  readonly id: number;
  readonly name: string;
  /** What it means for the treatment map. */
  readonly role: LabelRole;
  /** The one key that tags with it, lower case. */
  readonly key: string;
  /** `#RRGGBB`, from a set that colour-blind people can tell apart. */
  readonly colour: string;
  /** Underline that tells the label where colour cannot. */
  readonly pattern: LabelPattern;
  /** The guideline: what to tag and what not. */
  readonly definition: string;
}

export interface LinkType {
  readonly id: number;
  readonly name: string;
  readonly fromLabelId: number;
  readonly toLabelId: number;
}

export interface Schema {
  readonly labels: readonly Label[];
  readonly linkTypes: readonly LinkType[];
}

export interface Fragment {
  readonly start: number;
  readonly end: number;
}

export type SpanOrigin = 'person' | 'import' | 'model';

export interface Span {
  /** Made by whoever made the span; the same in every layer that holds a copy. */
  readonly uid: string;
  readonly labelId: number;
  /** UTF-16 offsets into the text of the note's revision, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** Only of a discontinuous span: its pieces in order. */
  readonly fragments?: readonly Fragment[];
  /** Whose idea it was. What a person changes becomes a person's. */
  readonly origin: SpanOrigin;
  readonly status: 'accepted' | 'suggested' | 'rejected';
  /** Confidence of the model that suggested it. */
  readonly score: number | null;
}

export interface Link {
  readonly uid: string;
  readonly typeId: number;
  /** Uids of spans. */
  readonly from: string;
  readonly to: string;
}

/** Who says it: an annotator, an adjudicator, a model version or an import. */
export interface Layer {
  readonly id: number;
  readonly kind: 'import' | 'annotator' | 'adjudicator' | 'model';
  readonly name: string;
  readonly spans: number;
  readonly links: number;
  readonly touchedAt: number;
  /** Whether this layer's word counts as gold for the note. */
  readonly gold: boolean;
}

/** What undo or redo would do next. */
export interface Step {
  readonly title: string;
  /** The one note that it touches, or null when it touches several. */
  readonly noteId: number | null;
  readonly notes: number;
}

export interface UndoState {
  readonly undo: Step | null;
  readonly redo: Step | null;
}

export interface OpenNote extends UndoState {
  readonly noteId: number;
  readonly externalId: string;
  readonly corpusId: number;
  readonly patientId: string | null;
  readonly noteType: string | null;
  readonly writtenAt: number | null;
  readonly status: NoteStatus;
  readonly revisionId: number;
  readonly text: string;
  /** The source's own tokens as start, end, start, end …, where it brought any. */
  readonly tokenOffsets: readonly number[] | null;
  /** The layer shown; null when nobody annotated the note yet. */
  readonly layer: { readonly kind: Layer['kind']; readonly name: string; readonly own: boolean } | null;
  readonly spans: readonly Span[];
  readonly links: readonly Link[];
  /** The newest event of the note; 0 when it has none. */
  readonly position: number;
}

/** How one note differs from what it was before an act. */
export interface NoteDelta {
  readonly putSpans: readonly Span[];
  readonly droppedSpans: readonly string[];
  readonly putLinks: readonly Link[];
  readonly droppedLinks: readonly string[];
  /** Set when the act changed it. */
  readonly status: NoteStatus | null;
}

/** The reply to an act: it is in the file. */
export interface ActReply extends UndoState {
  readonly noteId: number;
  readonly committedAt: number;
  readonly position: number;
  readonly delta: NoteDelta;
}

/** The reply to undo and redo. */
export interface StepReply extends UndoState {
  readonly title: string;
  readonly committedAt: number;
  /** The notes that changed, at most the first 100 of them. */
  readonly notes: readonly { readonly noteId: number; readonly externalId: string }[];
  readonly noteCount: number;
  /** What changed, where it was in one note only. */
  readonly change: {
    readonly noteId: number;
    readonly position: number;
    readonly delta: NoteDelta;
  } | null;
}

/** A note as a list of notes to annotate shows it. */
export interface QueueNote {
  readonly noteId: number;
  readonly externalId: string;
  readonly patientId: string | null;
  readonly noteType: string | null;
  readonly status: NoteStatus;
  /** Spans that count as gold now; null when nobody annotated the note. */
  readonly spans: number | null;
  /** UTF-16 length of the text. */
  readonly length: number;
  /** The note's first words. */
  readonly opening: string;
}

export interface QueueCorpus {
  readonly corpusId: number;
  readonly name: string;
  readonly notes: number;
  readonly done: number;
}

/** Where a note stands in a queue. */
export interface QueuePlace {
  /** From 0; null when the filter leaves the note out. */
  readonly index: number | null;
  readonly previous: number | null;
  readonly next: number | null;
}

/** Ids that a client makes: of spans, links and acts. */
export const uid = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, 'an id of 8 to 64 letters, digits, - or _');
/** Ids of what is there already; an import makes its own. */
const anyUid = z.string().min(1).max(100);
const offset = z.number().int().min(0).max(0x7fffffff);
const fragments = z
  .array(z.object({ start: offset, end: offset }))
  .min(2)
  .max(100);
const labelFields = {
  name: z.string().trim().min(1).max(60),
  role: z.enum(['disease', 'treatment', 'other']),
  key: z.string().regex(/^[a-z0-9]$/, 'one letter or digit'),
  colour: z.string().regex(/^#[0-9a-fA-F]{6}$/, 'a colour such as #0072B2'),
  pattern: z.enum(['solid', 'dashed', 'dotted', 'double', 'wavy']),
  definition: z.string().max(10_000),
};
/** What every act on a note says: which note, which text it saw, and an id so that a repeated call acts once. */
const act = { noteId: id, revisionId: id, act: uid.optional() };
const filter = {
  corpusId: id.optional(),
  status: noteStatus.optional(),
  /** Found in the note's id, patient or type. */
  search: z.string().max(200).optional(),
};

export const annotationMethods = {
  'annotation.schema': method<Schema>()(z.object({})),
  /** Adds a label; colour and pattern default to the first that no label has. Errors: CONFLICT for a name or key in use. */
  'annotation.addLabel': method<Label>()(
    z.object({
      name: labelFields.name,
      key: labelFields.key,
      role: labelFields.role.default('other'),
      colour: labelFields.colour.optional(),
      pattern: labelFields.pattern.optional(),
      definition: labelFields.definition.default(''),
    }),
  ),
  /** Changes what is given. Errors: NOT_FOUND, CONFLICT for a name or key in use. */
  'annotation.changeLabel': method<Label>()(
    z.object({
      labelId: id,
      name: labelFields.name.optional(),
      role: labelFields.role.optional(),
      key: labelFields.key.optional(),
      colour: labelFields.colour.optional(),
      pattern: labelFields.pattern.optional(),
      definition: labelFields.definition.optional(),
    }),
  ),
  /** Allows links from one label to another. Errors: NOT_FOUND, CONFLICT for a name in use. */
  'annotation.addLinkType': method<LinkType>()(
    z.object({ name: labelFields.name, fromLabelId: id, toLabelId: id }),
  ),
  'annotation.corpora': method<readonly QueueCorpus[]>()(z.object({})),
  /** Notes in the order of their import. */
  'annotation.queue': method<Page<QueueNote>>()(page.extend(filter)),
  'annotation.place': method<QueuePlace>()(z.object({ noteId: id, ...filter })),
  /** The note with the caller's own layer, else the gold one. Errors: NOT_FOUND; CONFLICT when a quote does not fit the text. */
  'annotation.openNote': method<OpenNote>()(z.object({ noteId: id })),
  'annotation.layers': method<readonly Layer[]>()(z.object({ noteId: id })),
  /** Errors: CONFLICT for a stale revision, a quote that does not fit, or the same span there already; BAD_INPUT for bounds outside the text or inside a character. */
  'annotation.addSpan': method<ActReply>()(
    z.object({
      ...act,
      uid,
      labelId: id,
      start: offset,
      end: offset,
      quote: z.string().min(1),
      fragments: fragments.optional(),
    }),
  ),
  /** Removes a span and its links. Errors: NOT_FOUND, CONFLICT. */
  'annotation.removeSpan': method<ActReply>()(z.object({ ...act, uid: anyUid })),
  /** Changes label, bounds or both; `quote` goes with bounds. Links that the new label forbids are removed in the same act. Errors as addSpan. */
  'annotation.changeSpan': method<ActReply>()(
    z.object({
      ...act,
      uid: anyUid,
      labelId: id.optional(),
      bounds: z.object({ start: offset, end: offset, quote: z.string().min(1) }).optional(),
    }),
  ),
  /** Errors: NOT_ALLOWED when no such link may run between these labels; CONFLICT when it is there already. */
  'annotation.addLink': method<ActReply>()(z.object({ ...act, uid, typeId: id, from: anyUid, to: anyUid })),
  'annotation.removeLink': method<ActReply>()(z.object({ ...act, uid: anyUid })),
  /** `done` also gives the caller's layer its say: what it holds, be it nothing, is the caller's word. */
  'annotation.setStatus': method<ActReply>()(z.object({ ...act, status: noteStatus })),
  'annotation.undoState': method<UndoState>()(z.object({})),
  /** Takes back the caller's newest act that stands, in whichever note. Errors: NOT_ALLOWED when there is none. */
  'annotation.undo': method<StepReply>()(z.object({ act: uid.optional() })),
  'annotation.redo': method<StepReply>()(z.object({ act: uid.optional() })),
  'annotation.summary': method<AreaSummary>()(z.object({})),
} as const;
