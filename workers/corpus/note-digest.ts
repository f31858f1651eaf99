import { createHash } from 'node:crypto';
import type { GoldNote } from './annotation-ports.ts';
import type { FrozenNote } from './note-queries.ts';

/**
 * SHA-256 of all that makes a note what it is in a dataset, in one canonical form: who it is, its text, and its
 * gold spans and links in their order. Row ids take no part, so that two workspaces agree.
 */
export function digestNote(note: FrozenNote, gold: GoldNote | null): string {
  const form = JSON.stringify([
    note.externalId,
    note.patientId,
    note.noteType,
    note.part,
    note.sha256,
    gold === null
      ? null
      : [
          gold.spans.map((span) => [
            span.start,
            span.end,
            span.label,
            ...(span.fragments ?? []).map((piece) => [piece.start, piece.end]),
          ]),
          gold.links.map((link) => [link.from, link.to, link.type]),
        ],
  ]);
  return createHash('sha256').update(form).digest('hex');
}

/** The hash of a dataset: that of its notes' digests in sorted order, so that the order of arrival is no matter. */
export function digestDataset(digests: string[]): string {
  const hash = createHash('sha256').update('medspan-dataset/1\n');
  for (const digest of digests.sort()) hash.update(digest).update('\n');
  return hash.digest('hex');
}
