import { expect, it } from 'vitest';
import type { TaskDefinition } from '../../workers/api/pipelines.ts';
import { layersOf } from './layers.ts';

const task = (id: string, after: readonly string[] = []): TaskDefinition => ({
  id,
  title: id,
  kind: 'corpus.clean',
  after,
  retries: 0,
});

it('puts a task one column after the last that it waits for', () => {
  const layers = layersOf([task('d', ['b', 'c']), task('a'), task('b', ['a']), task('c')]);
  expect(layers.map((layer) => layer.map(({ id }) => id))).toEqual([['a', 'c'], ['b'], ['d']]);
});
