/**
 * Writes a workspace for the screens of monitoring and pipelines: `node test-monitoring-workspace.ts FILE`, the
 * plan as JSON on standard input. The end-to-end tests act on the file only through the app afterwards.
 */
import { jobEnded } from '../engine/test-wait.ts';
import { openTestWorkspace } from '../engine/test-workspace.ts';

interface Plan {
  /** Imports the sample's annotated notes; without it the corpus stays empty. */
  readonly notes?: boolean;
  /** Trains on them as the model behind the sample's logs was, and registers the run under its name. */
  readonly version?: boolean;
}

const path = process.argv[2];
if (path === undefined) throw new Error('usage: node test-monitoring-workspace.ts FILE < plan.json');
let text = '';
for await (const chunk of process.stdin) text += String(chunk);
const plan = JSON.parse(text) as Plan;

const maker = await openTestWorkspace();
await maker.call('workspace.create', { path });
await maker.close();
const workspace = await openTestWorkspace({ path });
await workspace.call('workspace.useProfile', { name: 'Ada Analyst' });
const { corpus, training, registry } = workspace.services;
const { id: corpusId } = corpus.createCorpus('Sample');
if (plan.notes === true || plan.version === true) {
  const map = (label: string) => ({ action: 'map', label }) as const;
  await corpus.importFiles({
    corpusId,
    format: 'jsonl',
    paths: [new URL('../../resources/sample/notes.jsonl', import.meta.url).pathname],
    labels: { Disease: map('Disease'), Treatment: map('Treatment') },
  });
}
if (plan.version === true) {
  const snapshot = await corpus.createSnapshot({ corpusId, name: 'v1' });
  const split = await workspace.call('corpus.createSplit', {
    snapshotId: snapshot.id,
    name: 's1',
    method: 'source',
    shares: { train: 0.7, dev: 0.1, test: 0.2 },
  });
  const [templates] = await workspace.call('training.templateSets', {});
  const { runId } = await workspace.call('training.start', {
    splitId: split.id,
    templateSetId: templates?.id ?? 0,
  });
  await jobEnded(workspace, training.run(runId).jobId ?? 0);
  registry.register(runId);
}
await workspace.close();
