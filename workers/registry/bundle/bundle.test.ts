import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { GoldenNote } from '../../api/registry.ts';
import { predictionLogLineSchema, predictionTextLineSchema } from '../../api/serving.ts';
import { createTagText } from '../gates/tag-text.ts';
import { contractRows, sentinel } from '../integration/contract-rows.ts';
import { createLoopback } from '../integration/loopback.ts';
import { listeningAt, startProgram } from '../integration/bundle-process.ts';
import type { PlainNode } from '../integration/plain-node.ts';
import { builtPrograms } from '../test-programs.ts';
import { trainSmallModel } from '../test-model.ts';
import { bundleFiles } from './bundle-files.ts';
import { goldenTexts } from './golden-texts.ts';
import { writeBundle } from './write-bundle.ts';

const run = promisify(execFile);
const small = trainSmallModel();
const tag = createTagText(small.model);
const golden = goldenTexts.map(([name, text]): GoldenNote => ({ name, text, spans: tag(text) }));
const thisNode: PlainNode = { file: process.execPath, version: process.versions.node };
const systemNode = '/usr/bin/node';
const nodes = [thisNode, ...(existsSync(systemNode) ? [{ file: systemNode, version: 'system' }] : [])];

let programs: string;
let folder: string;

async function makeBundle(name: string): Promise<string> {
  const target = path.join(folder, name);
  const files = bundleFiles({
    ...small,
    modelVersion: 'clinical-ner/7',
    medspan: '0.1.0',
    createdAt: 1_700_000_000_000,
    labels: ['Disease', 'Treatment'],
    golden,
    snapshotSha256: '0'.repeat(64),
    modelCard: '# Model card\n',
    programs,
  });
  await writeBundle(files, target, false, 0);
  return target;
}

async function withServer(
  node: PlainNode,
  more: readonly string[],
  act: (server: ReturnType<typeof createLoopback>, bundle: string) => Promise<void>,
): Promise<string> {
  const bundle = await makeBundle(`served-${Math.random().toString(36).slice(2)}`);
  const program = startProgram(node, path.join(bundle, 'serve.mjs'), ['--port', '0', ...more], bundle);
  const server = createLoopback(await listeningAt(program));
  try {
    await act(server, bundle);
  } finally {
    server.close();
    program.stop();
  }
  expect(await program.exited).toBe(0);
  return bundle;
}

const readLog = async (bundle: string, name = 'prediction-log.jsonl') =>
  (await readFile(path.join(bundle, name), 'utf8')).split('\n').filter((line) => line !== '');

beforeAll(async () => {
  programs = await builtPrograms();
  folder = await mkdtemp(path.join(tmpdir(), 'medspan-bundle-test-'));
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(nodes)('a bundle on Node $version', (node) => {
  it('answers every row of the contract and logs each prediction', async () => {
    const bundle = await withServer(node, ['--max-bytes', '1000000'], async (server) => {
      for (const row of contractRows('0.1.0')) {
        expect([row.name, row.check(await server.ask(row.request))]).toEqual([row.name, null]);
      }
    });
    const lines = await readLog(bundle);
    expect(lines.length).toBe(14);
    for (const line of lines) expect(() => predictionLogLineSchema.parse(JSON.parse(line))).not.toThrow();
    const all = lines.join('\n');
    for (const word of [sentinel, 'aspirin', 'asthma', 'Treated']) expect(all).not.toContain(word);
    expect(existsSync(path.join(bundle, 'texts.jsonl'))).toBe(false);
  });

  it('gives the very spans and probabilities of the app, and passes its self-test', async () => {
    await withServer(node, ['--no-log'], async (server) => {
      const answer = await server.ask({
        method: 'POST',
        path: '/invocations',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ instances: golden.map((note) => note.text) }),
      });
      const { predictions } = JSON.parse(answer.body) as { predictions: { entities: GoldenNote['spans'] }[] };
      const got = predictions.map(({ entities }) =>
        entities.map(({ label, start, end, probability }) => ({ label, start, end, probability })),
      );
      expect(got).toEqual(golden.map((note) => note.spans));
      expect(got.flat().length).toBeGreaterThan(5);
    });
    const bundle = await makeBundle(`self-test-${node.version}`);
    const { stdout } = await run(node.file, [path.join(bundle, 'serve.mjs'), '--self-test'], {
      cwd: folder,
      env: {},
    });
    expect(stdout).toContain(`${String(golden.length)} of ${String(golden.length)} golden notes`);
  });
});

describe('a bundle', () => {
  it('answers in code points when asked', async () => {
    const text = '🙂🙂 History of asthma , now on aspirin .';
    await withServer(thisNode, ['--no-log'], async (server) => {
      const answer = await server.ask({
        method: 'POST',
        path: '/invocations',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ instances: [text], params: { offset_unit: 'code-point' } }),
      });
      const { predictions } = JSON.parse(answer.body) as {
        predictions: { entities: { start: number; end: number; text: string }[] }[];
      };
      const entities = predictions[0]?.entities ?? [];
      expect(entities.length).toBeGreaterThan(0);
      for (const span of entities) expect([...text].slice(span.start, span.end).join('')).toBe(span.text);
    });
  });

  it('never fails on random bytes or random JSON, and never gives them away', async () => {
    const secret = 'Kx7qPatientName';
    await withServer(thisNode, ['--no-log'], async (server) => {
      const send = async (body: string | Uint8Array, type: string) => {
        const answer = await server.ask({
          method: 'POST',
          path: '/invocations',
          headers: { 'content-type': type },
          body,
        });
        expect([200, 400, 413, 415]).toContain(answer.status);
        if (answer.status !== 200) expect(answer.body).not.toContain(secret);
      };
      const types = fc.constantFrom('application/json', 'text/csv', 'application/json;charset=utf-8', 'x');
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), types, (bytes, type) => send(bytes, type)),
        { numRuns: 150 },
      );
      const key = fc.constantFrom(
        'instances',
        'inputs',
        'dataframe_split',
        'dataframe_records',
        'params',
        'text',
        secret,
      );
      const json = fc.letrec((tie) => ({
        value: fc.oneof(
          { maxDepth: 4 },
          fc.constantFrom(null, true, 1, secret, `${secret} has asthma`, ''),
          fc.array(tie('value'), { maxLength: 3 }),
          fc.dictionary(
            fc.oneof(key, fc.constantFrom('columns', 'data', '__proto__', 'min_prob')),
            tie('value'),
            {
              maxKeys: 3,
            },
          ),
        ),
      })).value;
      await fc.assert(
        fc.asyncProperty(fc.dictionary(key, json, { maxKeys: 3 }), (value) =>
          send(JSON.stringify(value), 'application/json'),
        ),
        { numRuns: 250 },
      );
      expect((await server.ask({ method: 'GET', path: '/ping' })).status).toBe(200);
    });
  });

  it('writes texts only where asked, apart and joined by id', async () => {
    const bundle = await withServer(thisNode, ['--log-text', 'texts.jsonl'], async (server) => {
      const answer = await server.ask({
        method: 'POST',
        path: '/invocations',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ instances: ['History of asthma .', ''] }),
      });
      expect(answer.status).toBe(200);
    });
    const ids = (await readLog(bundle)).map((line) => predictionLogLineSchema.parse(JSON.parse(line)).id);
    const texts = (await readLog(bundle, 'texts.jsonl')).map((line) =>
      predictionTextLineSchema.parse(JSON.parse(line)),
    );
    expect(texts.map((line) => line.id)).toEqual(ids);
    expect(texts[0]?.text).toBe('History of asthma .');
  });

  it('loses no acknowledged line when it is killed', async () => {
    const bundle = await makeBundle('killed');
    const child = spawn(thisNode.file, ['serve.mjs', '--port', '0'], { cwd: bundle, env: {} });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
    const url = await listeningAt({
      output: () => output,
      exited: exited.then(() => null),
      stop: () => child.kill(),
    });
    const server = createLoopback(url);
    let acknowledged = 0;
    const asking = Promise.allSettled(
      Array.from({ length: 8 }, async () => {
        for (;;) {
          const answer = await server.ask({
            method: 'POST',
            path: '/invocations',
            headers: { 'content-type': 'application/json' },
            body: '{"instances":["Known sepsis ."]}',
          });
          if (answer.status === 200) acknowledged++;
          if (acknowledged === 60) child.kill('SIGKILL');
        }
      }),
    );
    await asking;
    await exited;
    server.close();
    const whole = (await readLog(bundle)).filter(
      (line) => predictionLogLineSchema.safeParse(tryParse(line)).success,
    );
    expect(acknowledged).toBeGreaterThanOrEqual(60);
    expect(whole.length).toBeGreaterThanOrEqual(acknowledged);
  });

  it.each(['model.crf', 'vocabulary.bin', 'golden.jsonl', 'tag.mjs', 'README.md'])(
    'refuses to start when %s was changed, and names it',
    async (name) => {
      const bundle = await makeBundle(`tampered-${name}`);
      await appendFile(path.join(bundle, name), ' ');
      const failure = await failing(bundle, ['serve.mjs', '--port', '0']);
      expect(failure.code).toBe(1);
      expect(failure.stderr).toContain(name);
      expect(failure.stderr).toContain('SHA-256');
    },
  );

  it('refuses a missing file, a foreign program and a broken manifest by name', async () => {
    const missing = await makeBundle('missing');
    await rm(path.join(missing, 'model.crf'));
    expect((await failing(missing, ['tag.mjs'])).stderr).toContain('model.crf of the bundle is missing');
    const strange = await makeBundle('strange');
    await writeFile(path.join(strange, 'helper.mjs'), 'process.exit()');
    expect((await failing(strange, ['serve.mjs'])).stderr).toContain('helper.mjs');
    const broken = await makeBundle('broken');
    await writeFile(path.join(broken, 'manifest.json'), '{"format": "medspan-bundle/1"}');
    expect((await failing(broken, ['serve.mjs'])).stderr).toContain('manifest.json');
  });

  it('asks for a token before it listens to other machines, and for it in every request', async () => {
    const bundle = await makeBundle('token');
    const failure = await failing(bundle, ['serve.mjs', '--host', '0.0.0.0']);
    expect([failure.code, failure.stderr]).toEqual([2, expect.stringContaining('--token-file')]);
    const token = path.join(folder, 'token.txt');
    await writeFile(token, 'correct horse battery staple\n');
    await withServer(thisNode, ['--token-file', token, '--no-log'], async (server) => {
      expect((await server.ask({ method: 'GET', path: '/ping' })).status).toBe(401);
      const headers = { authorization: 'Bearer correct horse battery staple' };
      expect((await server.ask({ method: 'GET', path: '/ping', headers })).status).toBe(200);
    });
  });

  it('says which port is taken, and what an option takes', async () => {
    const bundle = await makeBundle('usage');
    const wrong = await failing(bundle, ['serve.mjs', '--port', '80000']);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('--port takes a whole number')]);
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    const taken = await failing(bundle, ['serve.mjs', '--port', port, '--no-log']);
    expect([taken.code, taken.stderr]).toEqual([1, expect.stringContaining(`port ${port} is taken`)]);
    other.close();
  });

  it('tags files and pipes', async () => {
    const bundle = await makeBundle('tagged');
    await writeFile(path.join(bundle, 'a.txt'), 'Known asthma . Started aspirin today .');
    const { stdout } = await run(thisNode.file, ['tag.mjs', 'a.txt', '--log', 'log.jsonl'], { cwd: bundle });
    expect(JSON.parse(stdout)).toMatchObject({
      id: 'a.txt',
      entities: [
        { label: 'Disease', text: 'asthma' },
        { label: 'Treatment', text: 'aspirin' },
      ],
    });
    expect(await readLog(bundle, 'log.jsonl')).toHaveLength(1);
    const piped = await pipe(
      bundle,
      ['tag.mjs', '--jsonl'],
      '{"id":7,"text":"No evidence of sepsis .\u2028"}\r\n\n{"text":""}',
    );
    expect(
      piped.stdout
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { id: string }).id),
    ).toEqual(['7', 'stdin:3']);
    const bad = await pipe(bundle, ['tag.mjs', '--jsonl'], '{"text":"a"}\n{"txt":"b"}');
    expect([bad.code, bad.stderr]).toEqual([2, expect.stringContaining('stdin:2')]);
    const binary = await pipe(bundle, ['tag.mjs'], Uint8Array.of(0xff, 0xfe, 0));
    expect([binary.code, binary.stderr]).toEqual([2, expect.stringContaining('stdin is not UTF-8')]);
  });
});

async function failing(bundle: string, programArguments: readonly string[]) {
  return pipe(bundle, programArguments, '');
}

function pipe(bundle: string, programArguments: readonly string[], input: string | Uint8Array) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    const child = spawn(thisNode.file, [...programArguments], { cwd: bundle, env: {} });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdin.on('error', () => undefined);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(input);
  });
}

function tryParse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
