/** Begins an import in a process of its own and says when a part of it is committed: for the test that kills it. */
import { openTestWorkspace } from '../engine/test-workspace.ts';

const [file = '', notes = ''] = process.argv.slice(2);
const first = await openTestWorkspace({ threads: 'none' });
await first.call('workspace.create', { path: file });
await first.close();

const workspace = await openTestWorkspace({ path: file, threads: 'none' });
const { id: corpusId } = await workspace.call('corpus.create', { name: 'Killed' });
const committed = workspace.context.db.prepare<[], { n: number }>('SELECT note_count AS n FROM import');
workspace.context.events.on('job.changed', () => {
  if ((committed.get()?.n ?? 0) > 1000) process.stdout.write('committed\n');
});
await workspace.services.corpus.importFiles({
  corpusId,
  paths: [notes],
  format: 'jsonl',
  labels: { Disease: { action: 'map', label: 'Disease' } },
});
