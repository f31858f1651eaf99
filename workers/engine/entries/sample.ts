import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MedspanError } from '../../api/errors.ts';
import type { Areas } from './areas.ts';

const corpusName = 'Sample';

/** The sample speaks of the labels that every new workspace has. */
const labels = {
  Disease: { action: 'map', label: 'Disease' },
  Treatment: { action: 'map', label: 'Treatment' },
} as const;

/**
 * Imports the shipped synthetic notes into a workspace that has none yet. Where that was interrupted the notes are
 * still invisible, and the next opening imports them again.
 */
export async function fillSample({ corpus }: Areas): Promise<void> {
  const call = { signal: new AbortController().signal };
  const corpora = await corpus.handlers['corpus.list']({}, call);
  if (corpora.some((found) => found.noteCount > 0)) return;
  const notes = join(resourcesFolder(), 'sample', 'notes.jsonl');
  if (!existsSync(notes)) {
    throw new MedspanError(
      'NOT_FOUND',
      `The sample notes are missing from this copy of Medspan (“${notes}”). Install it again, or import notes of your own.`,
      { path: notes },
    );
  }
  const { id } = corpora.find((found) => found.name === corpusName) ?? corpus.createCorpus(corpusName);
  await corpus.importFiles({ corpusId: id, format: 'jsonl', paths: [notes], labels });
}

/** In a package beside the program, else in the checkout; whoever starts the engine says so. */
function resourcesFolder(): string {
  return process.env['MEDSPAN_RESOURCES'] ?? join(process.cwd(), 'resources');
}
