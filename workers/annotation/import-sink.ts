import { MedspanError } from '../api/errors.ts';
import type {
  ImportedLink,
  ImportedNote,
  ImportedSpan,
  SinkResult,
  SpanSink,
} from '../corpus/annotation-ports.ts';
import type { EngineContext } from '../engine/context.ts';
import type { Change, LinkRecord, SpanRecord } from './change.ts';
import { writeChange } from './layer-rows.ts';
import { checkBounds } from './note-text.ts';
import { queries } from './queries.ts';
import { labelNamed, legalTypes } from './schema.ts';

interface Target {
  readonly layerId: number;
  readonly batchId: number;
}

/** The import's layer and batch; both survive a restart, so that a resumed import goes on in them. */
function targetOf(context: EngineContext, importId: number): Target {
  const { db } = context;
  const sql = queries(db);
  const known = sql.importLayer.get(importId);
  const begun = known ? sql.batchOfLayer.get(known.id) : undefined;
  if (known && begun) return { layerId: known.id, batchId: begun.batchId };
  const source = sql.importSource.get(importId);
  if (!source) throw new MedspanError('NOT_FOUND', `Import ${importId} is not in this workspace.`);
  const now = context.now();
  const layerId =
    known?.id ??
    Number(
      sql.insertLayer.run(
        source.corpusId,
        'import',
        `${source.name} (import ${importId})`,
        null,
        importId,
        null,
        now,
      ).lastInsertRowid,
    );
  const batch = sql.insertBatch.run(null, source.profileId, `Import ${source.name}`, now, null);
  return { layerId, batchId: Number(batch.lastInsertRowid) };
}

function spanRecord(
  note: ImportedNote,
  span: ImportedSpan,
  uid: string,
  label: number,
  now: number,
): SpanRecord {
  const quote = note.text.slice(span.start, span.end);
  try {
    checkBounds(note.text, note.noteId, { start: span.start, end: span.end, quote });
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'its bounds do not fit';
    throw new MedspanError('BAD_FILE', `A span of the file cannot be taken in: ${reason}`, {
      noteId: note.noteId,
      start: span.start,
      end: span.end,
    });
  }
  return {
    uid,
    label,
    start: span.start,
    end: span.end,
    quote,
    revision: note.revisionId,
    origin: 'import',
    status: 'accepted',
    createdAt: now,
    ...(span.fragments ? { fragments: span.fragments } : {}),
  };
}

/** Takes spans and links of imports, one event a note, all in the one batch that undo takes back. */
export function createImportSink(context: EngineContext): SpanSink {
  const { db } = context;

  /** Link types are looked up by the labels of the ends once, not once a link. */
  function linkTypes() {
    const known = new Map<string, ReturnType<typeof legalTypes>>();
    return (from: number, to: number) => {
      const key = `${from} ${to}`;
      const types = known.get(key) ?? legalTypes(db, from, to);
      known.set(key, types);
      return types;
    };
  }

  function linkRecord(
    link: ImportedLink,
    spans: readonly SpanRecord[],
    types: ReturnType<typeof linkTypes>,
    uid: string,
    now: number,
  ): LinkRecord | null {
    const from = spans[link.from];
    const to = spans[link.to];
    if (!from || !to) return null;
    const legal = types(from.label, to.label);
    const type = link.type === undefined ? legal[0] : legal.find((one) => one.name === link.type);
    return type ? { uid, type: type.id, from: from.uid, to: to.uid, createdAt: now } : null;
  }

  return {
    write(importId, notes): SinkResult {
      const sql = queries(db);
      const labels = new Map<string, number>();
      const labelId = (name: string): number => {
        const id = labels.get(name) ?? labelNamed(db, name).id;
        labels.set(name, id);
        return id;
      };
      const types = linkTypes();
      const { layerId, batchId } = targetOf(context, importId);
      const now = context.now();
      const counts = { spans: 0, links: 0, illegalLinks: 0 };
      for (const note of notes) {
        const prefix = `i${importId}-${note.noteId}-`;
        const spans = note.spans.map((span, index) =>
          spanRecord(note, span, `${prefix}s${index}`, labelId(span.label), now),
        );
        const links: LinkRecord[] = [];
        const seen = new Set<string>();
        for (const [index, link] of note.links.entries()) {
          const record = linkRecord(link, spans, types, `${prefix}l${index}`, now);
          if (!record) {
            counts.illegalLinks += 1;
            continue;
          }
          const pair = `${record.type} ${record.from} ${record.to}`;
          if (!seen.has(pair)) links.push(record);
          seen.add(pair);
        }
        const put: Change = { op: 'put', spans, links };
        const forward: Change[] = [{ op: 'say', at: now }, put];
        const inverse: Change[] = [
          { op: 'drop', spans: spans.map((span) => span.uid), links: links.map((link) => link.uid) },
          { op: 'say', at: null },
        ];
        for (const change of forward) writeChange(db, note.noteId, layerId, change);
        sql.insertEvent.run(batchId, note.noteId, layerId, JSON.stringify(forward), JSON.stringify(inverse));
        counts.spans += spans.length;
        counts.links += links.length;
      }
      return counts;
    },
    labels: () =>
      queries(db)
        .labels.all()
        .map((label) => label.name),
    laterWork: (importId) => queries(db).laterWork.get(importId)?.n ?? 0,
    forget(noteIds) {
      const sql = queries(db);
      for (const noteId of noteIds) {
        for (const statement of sql.forgetNote) statement.run(noteId);
      }
    },
  };
}
