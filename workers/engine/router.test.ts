import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { z } from 'zod';
import { errorCodes, MedspanError } from '../api/errors.ts';
import { methods } from '../api/index.ts';
import { method } from '../api/method.ts';
import { createLog } from './log.ts';
import type { AnyHandler } from './router.ts';
import { createRouter } from './router.ts';
import { asClientMessage, createEngine } from './engine.ts';
import type { Engine } from './engine.ts';
import { createComputePool } from './compute-pool.ts';
import { silentLog } from './log.ts';
import { makeTestFolder } from '../storage/test-folder.ts';

const never = new AbortController().signal;

function route(handlers: Readonly<Record<string, AnyHandler>>, slowMilliseconds = 40) {
  const lines: string[] = [];
  const router = createRouter({
    methods: {
      'test.add': method<number>()(z.object({ a: z.number(), b: z.number().default(1) })),
      'test.fail': method<null>()(z.object({})),
    },
    handler: (name) => handlers[name],
    log: createLog((level, event, facts) => lines.push(JSON.stringify({ level, event, ...facts }))),
    slowMilliseconds,
  });
  return { router, lines };
}

describe('the router', () => {
  it('gives a handler the guarded input, with its defaults', async () => {
    const { router } = route({ 'test.add': ({ a, b }: { a: number; b: number }) => a + b });
    expect(await router.dispatch('test.add', { a: 2 }, never)).toEqual({ ok: true, output: 3 });
    expect(await router.dispatch('test.add', { a: 'Zebra' }, never)).toMatchObject({
      ok: false,
      error: { code: 'BAD_INPUT', details: { method: 'test.add', place: 'a' } },
    });
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', '', 'test', 'test.Add'])(
    'knows no method “%s”',
    async (name) => {
      expect(await route({}).router.dispatch(name, {}, never)).toMatchObject({
        error: { code: 'UNKNOWN_METHOD' },
      });
    },
  );

  it('passes on an error for a person, and keeps the text of a defect to itself', async () => {
    const refused = route({
      'test.fail': () => {
        throw new MedspanError('NOT_FOUND', 'There is no note 7.', { noteId: 7 });
      },
    });
    expect(await refused.router.dispatch('test.fail', {}, never)).toEqual({
      ok: false,
      error: { code: 'NOT_FOUND', message: 'There is no note 7.', details: { noteId: 7 } },
    });
    expect(refused.lines).toEqual([]);
    const broken = route({ 'test.fail': () => Promise.reject(new TypeError('Mr Zebra has a cold')) });
    const reply = await broken.router.dispatch('test.fail', {}, never);
    expect(reply).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    expect(JSON.stringify(reply) + broken.lines.join()).not.toContain('Zebra');
    expect(broken.lines.join()).toContain('router.test.ts');
  });

  it('names slow calls in the log, without their arguments', async () => {
    const { router, lines } = route(
      { 'test.add': () => new Promise((resolve) => setTimeout(() => resolve(1), 15)) },
      10,
    );
    await router.dispatch('test.add', { a: 424_242 }, never);
    expect(lines.join()).toContain('"method":"test.add"');
    expect(lines.join()).not.toContain('424242');
  });

  it('answers a call that was cancelled before it began', async () => {
    expect(await route({}).router.dispatch('test.fail', {}, AbortSignal.abort())).toMatchObject({
      error: { code: 'CANCELLED' },
    });
  });
});

describe('an engine under any input', () => {
  const folder = makeTestFolder();
  let engine: Engine;
  beforeAll(async () => {
    engine = createEngine({
      log: silentLog,
      automaticBackups: false,
      attachable: false,
      compute: (workspace) =>
        createComputePool({
          size: 1,
          log: silentLog,
          workspace,
          connect: () => Promise.reject(new MedspanError('COMPUTE_DOWN', 'none in this test')),
        }),
    });
    await engine.dispatch('workspace.create', { path: folder.file('fuzz.medspan') });
  });
  afterAll(async () => {
    await engine.close();
    folder.remove();
  });

  /** Methods that would close the workspace or write where the input says. */
  const apart = /^workspace\.|[eE]xport|import|startImport|planImport|previewImport/;
  const names = Object.keys(methods).filter((name) => !apart.test(name));

  it('always answers with an envelope, and keeps the workspace open and sound', async () => {
    const value = fc.oneof(
      fc.anything({ withBigInt: true, withDate: true, withTypedArray: true, withNullPrototype: true }),
      fc.object({ maxDepth: 2 }),
      // Inputs that pass a guard now and then.
      fc.dictionary(
        fc.constantFrom(
          'noteId',
          'corpusId',
          'runId',
          'jobId',
          'modelVersionId',
          'reportId',
          'name',
          'limit',
          'offset',
          'snapshotId',
          'splitId',
        ),
        fc.oneof(fc.integer({ min: -1, max: 5 }), fc.string({ maxLength: 8 })),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.constantFrom(...names), fc.string()), value, async (name, input) => {
        const reply = await engine.dispatch(name, input);
        if (reply.ok) {
          expect(reply.output).not.toBeUndefined();
          structuredClone(reply.output);
        } else {
          expect(errorCodes).toContain(reply.error.code);
          expect(reply.error.message.length).toBeGreaterThan(5);
          expect(reply.error.code, `${name} ${JSON.stringify(reply.error)}`).not.toBe('INTERNAL');
        }
      }),
      { numRuns: 600 },
    );
    expect(await engine.dispatch('workspace.state', {})).toMatchObject({
      ok: true,
      output: { state: 'open' },
    });
    expect(engine.session()?.context.db.pragma('quick_check', { simple: true })).toBe('ok');
  });

  it('drops what is no message', () => {
    fc.assert(
      fc.property(fc.anything(), (raw) => {
        const message = asClientMessage(raw);
        if (message !== null) expect(['call', 'cancel']).toContain(message.kind);
      }),
    );
    expect(asClientMessage({ kind: 'call', id: 1, method: 'a.b' })).toEqual({
      kind: 'call',
      id: 1,
      method: 'a.b',
      input: undefined,
    });
    expect(asClientMessage({ kind: 'call', id: '1', method: 'a.b' })).toBeNull();
  });
});
