import type { ImportPreview, PreviewNote, Rejection, SourceFile } from '../../api/corpus.ts';
import { IdSet } from './id-set.ts';
import { suggestChoice } from './label-choices.ts';
import type { ReadNote } from './read-item.ts';
import { partOfName } from './read-item.ts';
import type { ReadingOptions } from './read-sources.ts';
import { passes, readSource } from './read-sources.ts';
import type { Sources } from './sources.ts';

const shownNotes = 5;
const shownCharacters = 4000;
const shownRejections = 1000;

export interface PreviewNeeds {
  readonly signal: AbortSignal;
  readonly onFraction: (fraction: number) => void;
  readonly knownLabels: readonly string[];
  /** Whether the corpus holds a note of this id. */
  readonly holds: (externalId: string) => boolean;
}

/** Reads everything and writes nothing. */
export async function previewSources(
  found: Sources,
  options: ReadingOptions,
  needs: PreviewNeeds,
): Promise<ImportPreview> {
  const rejected: Rejection[] = [...found.rejected];
  const partCounts = { train: 0, dev: 0, test: 0, none: 0 };
  const labels = new Map<string, number>();
  const notices = new Set<string>();
  const firstNotes: PreviewNote[] = [];
  const files: SourceFile[] = [];
  const ids = new IdSet();
  const counts = { notes: 0, spans: 0, links: 0, characters: 0, duplicates: 0, rejected: rejected.length };
  const total = passes(options.format) * found.sources.reduce((sum, source) => sum + source.file.bytes, 0);
  let bytes = 0;

  function addNote(note: ReadNote): void {
    counts.notes++;
    counts.characters += note.text.length;
    counts.spans += note.spans.length;
    counts.links += note.links.length;
    partCounts[note.part ?? 'none']++;
    for (const span of note.spans) labels.set(span.label, (labels.get(span.label) ?? 0) + 1);
    if (!ids.add(note.externalId) || needs.holds(note.externalId)) counts.duplicates++;
    if (firstNotes.length < shownNotes) firstNotes.push(shorten(note));
  }

  for (const source of found.sources) {
    const reading = {
      signal: needs.signal,
      onBytes(read: number) {
        bytes += read;
        needs.onFraction(total === 0 ? 1 : Math.min(1, bytes / total));
      },
    };
    for await (const item of readSource(source, options, reading)) {
      if (item.kind === 'note') addNote(item);
      else if (item.kind === 'notice') notices.add(item.text);
      else if (item.kind === 'file') {
        if (files.length < shownRejections) {
          files.push({
            name: item.file.name,
            bytes: item.file.bytes,
            encoding: item.file.encoding,
            part: partOfName(item.file.name),
            pairedWith:
              item.file.name === source.file.name ? (source.labels?.name ?? null) : source.file.name,
          });
        }
      } else {
        counts.rejected++;
        if (rejected.length < shownRejections)
          rejected.push({ file: item.file, line: item.line, reason: item.reason });
      }
    }
  }

  return {
    noteCount: counts.notes,
    spanCount: counts.spans,
    linkCount: counts.links,
    characters: counts.characters,
    partCounts,
    labels: [...labels].map(([name, spanCount]) => ({
      name,
      spanCount,
      suggestion: suggestChoice(name, needs.knownLabels),
    })),
    knownLabels: needs.knownLabels,
    duplicateCount: counts.duplicates,
    rejectedCount: counts.rejected,
    rejected: rejected.slice(0, shownRejections),
    notices: [...notices].slice(0, 100),
    files,
    firstNotes,
  };
}

function shorten(note: ReadNote): PreviewNote {
  const { externalId, file, line } = note;
  const spans = note.spans.filter((span) => span.end <= shownCharacters);
  return {
    externalId,
    file,
    line,
    text: note.text.slice(0, shownCharacters),
    spans: spans.map(({ start, end, label }) => ({ start, end, label })),
  };
}
