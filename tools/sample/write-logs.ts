/**
 * Writes the sample's prediction logs: trains on the sample as the app does by default, registers the run as
 * clinical-ner/1, and lets that version tag the notes of the four weeks. Whoever does the same in the app holds the
 * same version, so its logs can be compared with its reference. Only latencies differ from one writing to the next.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SampleNote } from './make-notes.ts';

interface Workspace {
  call(method: string, input: object): Promise<never>;
  readonly services: {
    readonly registry: {
      register(runId: number): { id: number; name: string };
      versionModel(id: number): Uint8Array;
    };
  };
  readonly context: { readonly events: { on(name: string, listener: (payload: Job) => void): () => void } };
  close(): Promise<void>;
}

interface Job {
  readonly id: number;
  readonly state: string;
  readonly endedAt: number | null;
  readonly error: { readonly message: string } | null;
}

/** Tools reach other rooms by path alone. */
const load = async (path: string): Promise<Record<string, never>> =>
  (await import(new URL(`../../${path}`, import.meta.url).href)) as Record<string, never>;

const openTestWorkspace = (await load('workers/engine/test-workspace.ts'))[
  'openTestWorkspace'
] as unknown as () => Promise<Workspace>;
const createNoteTagger = (await load('workers/serving/bundle/note-tagger.ts'))[
  'createNoteTagger'
] as unknown as (model: Uint8Array, vocabulary: unknown) => (text: string) => object;
const logLine = (await load('workers/serving/bundle/log-line.ts'))['logLine'] as unknown as (
  text: string,
  tagged: object,
  occasion: { id: string; at: number; modelVersion: string; latencyMs: number },
) => object;
const crf = (await load('crf-core/index.ts')) as unknown as {
  WordSet: { of(words: Iterable<string>): unknown };
  wordsOf(text: string, tokens: unknown): Iterable<string>;
  tokenize(text: string): unknown;
};

const sample = fileURLToPath(new URL('../../resources/sample/', import.meta.url));
const readNotes = (name: string): SampleNote[] =>
  readFileSync(`${sample}${name}`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as SampleNote);

/** Resolves when a job has finished. */
function finished(workspace: Workspace, start: () => Promise<number>): Promise<void> {
  return new Promise((resolve, reject) => {
    const ended = new Map<number, Job>();
    let wanted: number | null = null;
    const settle = (): void => {
      const job = wanted === null ? undefined : ended.get(wanted);
      if (job === undefined) return;
      if (job.state === 'finished') resolve();
      else reject(new Error(job.error?.message ?? job.state));
    };
    workspace.context.events.on('job.changed', (job) => {
      if (job.endedAt !== null) ended.set(job.id, job);
      settle();
    });
    start().then((jobId) => {
      wanted = jobId;
      settle();
    }, reject);
  });
}

const workspace = await openTestWorkspace();
try {
  const { id: corpusId } = (await workspace.call('corpus.create', { name: 'Sample' })) as { id: number };
  const label = (name: string) => ({ action: 'map', label: name });
  const labels = { Disease: label('Disease'), Treatment: label('Treatment') };
  await finished(workspace, async () => {
    const spec = { corpusId, paths: [`${sample}notes.jsonl`], format: 'jsonl', labels };
    return ((await workspace.call('corpus.startImport', spec)) as { jobId: number }).jobId;
  });
  const snapshot = (await workspace.call('corpus.createSnapshot', { corpusId, name: 'v1' })) as {
    id: number;
  };
  const split = (await workspace.call('corpus.createSplit', {
    snapshotId: snapshot.id,
    name: 'source',
    method: 'source',
    shares: { train: 0.7, dev: 0.1, test: 0.2 },
  })) as { id: number };
  const sets = (await workspace.call('training.templateSets', {})) as { id: number; name: string }[];
  let runId = 0;
  await finished(workspace, async () => {
    const templateSetId = sets.find(({ name }) => name === 'clinical-1')?.id ?? 0;
    const run = (await workspace.call('training.start', { splitId: split.id, templateSetId })) as {
      runId: number;
      jobId: number;
    };
    runId = run.runId;
    return run.jobId;
  });
  const version = workspace.services.registry.register(runId);
  const train = readNotes('notes.jsonl').filter(({ part }) => part === 'train');
  const words = train.flatMap(({ text }) => [...crf.wordsOf(text, crf.tokenize(text))]);
  const tag = createNoteTagger(workspace.services.registry.versionModel(version.id), crf.WordSet.of(words));
  mkdirSync(`${sample}production/logs`, { recursive: true });
  for (const week of [1, 2, 3, 4]) {
    const lines = readNotes(`production/week-${String(week)}.jsonl`).map(({ id, text, date }) => {
      const began = performance.now();
      const tagged = tag(text);
      const occasion = {
        id: `sample-${id}`,
        at: Date.parse(date),
        modelVersion: version.name,
        latencyMs: performance.now() - began,
      };
      return `${JSON.stringify(logLine(text, tagged, occasion))}\n`;
    });
    writeFileSync(`${sample}production/logs/week-${String(week)}.jsonl`, lines.join(''));
    console.log(`week ${String(week)}: ${String(lines.length)} lines by ${version.name}`);
  }
} finally {
  await workspace.close();
}
