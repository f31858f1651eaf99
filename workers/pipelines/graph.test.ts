import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TaskDefinition } from '../api/pipelines.ts';
import { downstream, inOrder, readiness } from './graph.ts';
import { retraining } from './retraining.ts';

const task = (id: string, after: readonly string[] = []): TaskDefinition => ({
  id,
  title: id,
  kind: 'corpus.clean',
  after,
  retries: 0,
});

/** Acyclic by construction: each task waits only for some with a smaller number; given in shuffled order. */
const acyclic = fc
  .array(fc.array(fc.nat({ max: 9 }), { maxLength: 4 }), { minLength: 1, maxLength: 10 })
  .chain((edges) =>
    fc.shuffledSubarray(
      edges.map((after, i) => task(`t${i}`, i === 0 ? [] : [...new Set(after.map((n) => `t${n % i}`))])),
      { minLength: edges.length },
    ),
  );

describe('inOrder', () => {
  it('puts every task after all it waits for and loses none', () => {
    fc.assert(
      fc.property(acyclic, (tasks) => {
        const ordered = inOrder(tasks);
        expect(new Set(ordered)).toEqual(new Set(tasks));
        const place = new Map(ordered.map(({ id }, i) => [id, i]));
        for (const { id, after } of tasks) {
          for (const name of after) expect(place.get(name)).toBeLessThan(place.get(id) ?? -1);
        }
      }),
    );
  });

  it.each([
    ['a circle', [task('a', ['b']), task('b', ['a'])], /waits for itself/],
    ['a name twice', [task('a'), task('a')], /same name/],
    ['a name that stands nowhere', [task('a', ['x'])], /not there/],
  ])('refuses %s', (_what, tasks, message) => {
    expect(() => inOrder(tasks)).toThrow(message);
  });

  it('accepts the shipped pipeline', () => {
    expect(inOrder(retraining.tasks).map(({ id }) => id)).toEqual(retraining.tasks.map(({ id }) => id));
  });
});

it('downstream of a task is the task and all that waits for it', () => {
  const tasks = [task('a'), task('b', ['a']), task('c'), task('d', ['b', 'c'])];
  expect([...downstream(tasks, 'b')].sort()).toEqual(['b', 'd']);
});

it('a task is ready once all before it succeeded, and fails with them', () => {
  const join = task('join', ['a', 'b']);
  expect(
    readiness(
      join,
      new Map([
        ['a', 'success'],
        ['b', 'running'],
      ]),
    ),
  ).toBe('waiting');
  expect(
    readiness(
      join,
      new Map([
        ['a', 'success'],
        ['b', 'skipped'],
      ]),
    ),
  ).toBe('ready');
  expect(
    readiness(
      join,
      new Map([
        ['a', 'success'],
        ['b', 'failed'],
      ]),
    ),
  ).toBe('upstream_failed');
});
