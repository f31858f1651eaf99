import { WordSet } from '../../crf-core/index.ts';
import type { TaskRunner } from '../engine/context.ts';
import { readArtifact } from '../registry/service.ts';
import type { NoteTagger } from './bundle/log-line.ts';
import { createNoteTagger } from './bundle/note-tagger.ts';
import type { tagTextsTask } from './tag-texts.ts';

/** The tagger that this thread used last: a person who tries one note tries another. */
let kept: { readonly key: string; readonly tag: NoteTagger } | null = null;

export const run: TaskRunner<typeof tagTextsTask> = ({ artifactId, vocabulary, texts }, thread) => {
  const db = thread.database();
  const workspace = String(db.prepare('PRAGMA database_list').pluck().get());
  const key = `${workspace}:${String(artifactId)}:${String(vocabulary?.byteLength)}`;
  if (kept?.key !== key) {
    const words = vocabulary === null ? null : WordSet.decode(vocabulary);
    kept = { key, tag: createNoteTagger(readArtifact(db, artifactId), words) };
  }
  const { tag } = kept;
  return texts.map((text) => {
    const started = performance.now();
    const tagged = tag(text);
    return { tagged, latencyMs: performance.now() - started };
  });
};
