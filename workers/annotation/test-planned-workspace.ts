/**
 * Writes a workspace file whose notes are planned: `node test-planned-workspace.ts FILE`, the plan as JSON on standard
 * input. For benches and end-to-end tests, which act on the file only through the app afterwards.
 */
import { openTestWorkspace } from '../engine/test-workspace.ts';
import type { PlannedNote } from './test-notes.ts';
import { annotationOn, storeNotes } from './test-notes.ts';

const path = process.argv[2];
if (path === undefined) throw new Error('usage: node test-planned-workspace.ts FILE < plan.json');
let plan = '';
for await (const chunk of process.stdin) plan += String(chunk);

const maker = await openTestWorkspace({ threads: 'none' });
await maker.call('workspace.create', { path });
await maker.close();
const workspace = await openTestWorkspace({ threads: 'none', path });
await workspace.call('workspace.useProfile', { name: 'Importer' });
const { sink } = annotationOn(workspace.context);
const { notes } = storeNotes(workspace.context, sink, JSON.parse(plan) as PlannedNote[], 'Planned notes');
await workspace.call('workspace.useProfile', { name: 'Ada Annotator' });
await workspace.close();
process.stdout.write(JSON.stringify(notes.map((note) => note.noteId)));
