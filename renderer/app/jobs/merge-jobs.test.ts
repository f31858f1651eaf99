import { expect, it } from 'vitest';
import type { Job } from '../../../workers/api/jobs.ts';
import { mergeJobs } from './merge-jobs.ts';

const job = (id: number, changes: Partial<Job> = {}): Job => ({
  id,
  kind: 'corpus.import',
  title: `Job ${id}`,
  state: 'running',
  progress: 0.1,
  secondsLeft: null,
  createdAt: 1,
  endedAt: null,
  error: null,
  result: null,
  ...changes,
});

it('shows the newest first, as they were last heard of', () => {
  const merged = mergeJobs(
    [job(2), job(1)],
    new Map([
      [2, job(2, { progress: 0.7 })],
      [3, job(3)],
    ]),
  );
  expect(merged.map(({ id, progress }) => [id, progress])).toEqual([
    [3, 0.1],
    [2, 0.7],
    [1, 0.1],
  ]);
});

it('believes a list that knows the end over progress that was heard before it', () => {
  const ended = job(1, { state: 'finished', endedAt: 9, progress: 1 });
  expect(mergeJobs([ended], new Map([[1, job(1, { progress: 0.9 })]]))).toEqual([ended]);
});
