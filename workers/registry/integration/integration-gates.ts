import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { MedspanError } from '../../api/errors.ts';
import type { GateFact, GateKind, GateSettings, GoldenNote } from '../../api/registry.ts';
import { predictionLogLineSchema } from '../../api/serving.ts';
import type { PredictedSpan } from '../../api/serving.ts';
import { couldNotRun, fact, judge } from '../gates/outcome.ts';
import type { GateOutcome } from '../gates/outcome.ts';
import { lastLine, listeningAt, startProgram } from './bundle-process.ts';
import type { BundleProcess } from './bundle-process.ts';
import { contractMaxBytes, contractRows, sentinel } from './contract-rows.ts';
import { createLoopback } from './loopback.ts';
import type { PlainNode } from './plain-node.ts';

export interface IntegrationInput {
  /** The unpacked bundle. */
  readonly folder: string;
  readonly node: PlainNode | null;
  readonly medspan: string;
  /** What the app predicts for the golden notes and for notes of the test part. */
  readonly expected: readonly GoldenNote[];
  readonly signal: AbortSignal;
}

type Loopback = ReturnType<typeof createLoopback>;

/** The bundle's server under test, and what the gates on it share. */
export interface IntegrationBench {
  readonly remark: string;
  run(kind: GateKind, settings: GateSettings): Promise<GateOutcome>;
  stop(): Promise<void>;
}

const logName = 'gate-log.jsonl';

/** Starts the bundle's server in a process of its own; a bundle that does not load fails every gate on it. */
export async function openBench(input: IntegrationInput): Promise<IntegrationBench> {
  const remark =
    input.node === null
      ? "No Node 20 or newer was found outside the app, so the bundle ran in a thread of the app's own Node. Install Node or set MEDSPAN_NODE to test it in a process of its own."
      : `The bundle ran in a separate process on Node ${input.node.version}.`;
  const program = startProgram(
    input.node,
    path.join(input.folder, 'serve.mjs'),
    ['--port', '0', '--log', path.join(input.folder, logName), '--max-bytes', String(contractMaxBytes)],
    input.folder,
  );
  let server: Loopback | null = null;
  let reason = '';
  try {
    server = createLoopback(await listeningAt(program));
  } catch (error) {
    reason = error instanceof MedspanError ? error.message : 'The bundle’s server did not start.';
  }
  return {
    remark,
    async run(kind, settings) {
      input.signal.throwIfAborted();
      const outcome =
        kind === 'bundle-loads'
          ? await bundleLoads(input, server === null ? reason : null)
          : server === null
            ? couldNotRun(reason)
            : await runOnServer(kind, settings, server, input);
      return {
        ...outcome,
        evidence: { ...outcome.evidence, remarks: [...outcome.evidence.remarks, remark] },
      };
    },
    async stop() {
      server?.close();
      program.stop();
      await program.exited;
    },
  };
}

function runOnServer(
  kind: GateKind,
  settings: GateSettings,
  server: Loopback,
  input: IntegrationInput,
): Promise<GateOutcome> {
  if (kind === 'golden-notes') return samePredictions(server, input);
  if (kind === 'contract') return contract(server, input);
  return latency(server, input, settings);
}

async function bundleLoads(input: IntegrationInput, fault: string | null): Promise<GateOutcome> {
  if (fault !== null) return { ...couldNotRun(fault), state: 'failed' };
  const selfTest = startProgram(
    input.node,
    path.join(input.folder, 'serve.mjs'),
    ['--self-test'],
    input.folder,
  );
  const code = await ended(selfTest, input.signal);
  const said = lastLine(selfTest.output());
  return judge(
    [fact('Self-test', said, code === 0)],
    code === 0 ? `It loads; ${said}` : `Its self-test fails: ${said}`,
  );
}

async function ended(program: BundleProcess, signal: AbortSignal): Promise<number | null> {
  const stop = (): void => program.stop();
  signal.addEventListener('abort', stop);
  const code = await program.exited;
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  return code;
}

/** Sends notes a few at a time and compares spans and probabilities to the last bit. */
async function samePredictions(server: Loopback, input: IntegrationInput): Promise<GateOutcome> {
  const different: GoldenNote[] = [];
  const notes = sendable(input.expected);
  for (const note of notes) {
    input.signal.throwIfAborted();
    const answer = await server.ask({
      method: 'POST',
      path: '/invocations',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ instances: [note.text] }),
    });
    if (answer.status !== 200 || !sameEntities(answer.body, note.spans)) different.push(note);
  }
  const n = notes.length;
  const tooLong = input.expected.length - n;
  return judge(
    [fact('Notes that differ', different.length, different.length === 0 && n > 0, { limit: '0', n })],
    different.length === 0
      ? `${String(n)} notes: the same spans and probabilities as in the app.`
      : `${String(different.length)} of ${String(n)} notes come out differently, first ${different[0]?.name ?? ''}.`,
    {
      remarks: tooLong === 0 ? [] : [`${String(tooLong)} notes were too long for one request and left out.`],
    },
  );
}

/** Notes that fit into a request of the server under test, also when every unit needs an escape. */
function sendable(notes: readonly GoldenNote[]): readonly GoldenNote[] {
  return notes.filter((note) => note.text.length < contractMaxBytes / 8);
}

function sameEntities(body: string, expected: readonly PredictedSpan[]): boolean {
  const { predictions } = JSON.parse(body) as {
    predictions: readonly { entities: readonly PredictedSpan[] }[];
  };
  const got = (predictions[0]?.entities ?? []).map(({ label, start, end, probability }) => [
    label,
    start,
    end,
    probability,
  ]);
  const wanted = expected.map(({ label, start, end, probability }) => [label, start, end, probability]);
  return JSON.stringify(got) === JSON.stringify(wanted);
}

async function contract(server: Loopback, input: IntegrationInput): Promise<GateOutcome> {
  const facts: GateFact[] = [];
  for (const row of contractRows(input.medspan)) {
    input.signal.throwIfAborted();
    let fault: string | null;
    try {
      fault = row.check(await server.ask(row.request));
    } catch {
      fault = 'no answer';
    }
    facts.push(fact(row.name, fault ?? 'as agreed', fault === null));
  }
  facts.push(await checkLog(input));
  const wrong = facts.filter((entry) => !entry.passed);
  return judge(
    facts,
    wrong.length === 0
      ? `${String(facts.length)} rows answered as agreed.`
      : `${String(wrong.length)} of ${String(facts.length)} rows are wrong: ${wrong.map((entry) => entry.name).join(', ')}.`,
  );
}

/** Every prediction so far must have left one line of the agreed format, and no line any text. */
async function checkLog(input: IntegrationInput): Promise<GateFact> {
  const text = await readFile(path.join(input.folder, logName), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '');
  const bad = lines.filter((line) => {
    try {
      return !predictionLogLineSchema.safeParse(JSON.parse(line)).success;
    } catch {
      return true;
    }
  });
  const leaks = text.includes(sentinel) || text.includes('aspirin');
  const passed = lines.length > 0 && bad.length === 0 && !leaks;
  return fact(
    'Prediction log',
    leaks ? 'holds text of a note' : `${String(bad.length)} lines not in prediction-log/1`,
    passed,
    {
      limit: '0 lines',
      n: lines.length,
    },
  );
}

async function latency(
  server: Loopback,
  input: IntegrationInput,
  settings: GateSettings,
): Promise<GateOutcome> {
  const requests = Number(settings['requests']);
  const limit = Number(settings['p95Ms']);
  const notes = sendable(input.expected).filter((note) => note.text.length > 0);
  const times: number[] = [];
  for (let index = 0; index < requests; index++) {
    input.signal.throwIfAborted();
    const text = notes[index % notes.length]?.text ?? '';
    const answer = await server.ask({
      method: 'POST',
      path: '/invocations',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ instances: [text] }),
    });
    if (answer.status === 200) times.push(answer.ms);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number | null =>
    times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? null;
  const p95 = at(0.95);
  return judge(
    [
      fact('p95', p95, p95 !== null && p95 <= limit, {
        unit: 'ms',
        limit: `≤ ${String(limit)}`,
        n: times.length,
      }),
      fact('Median', at(0.5), true, { unit: 'ms', n: times.length }),
      fact('Failed requests', requests - times.length, times.length === requests, {
        limit: '0',
        n: requests,
      }),
    ],
    p95 === null
      ? 'No request was answered.'
      : `p95 ${p95.toFixed(1)} ms over ${String(times.length)} requests of one note each.`,
  );
}
