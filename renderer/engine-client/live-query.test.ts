import { expect, it, vi } from 'vitest';
import { MedspanError } from '../../workers/api/errors.ts';
import { LiveQuery } from './live-query.ts';

interface Asked {
  readonly signal: AbortSignal;
  answer(value: number): void;
  fail(error: unknown): void;
}

function open() {
  const asked: Asked[] = [];
  const query = new LiveQuery<number>(
    (signal) =>
      new Promise((resolve, reject) => {
        asked.push({ signal, answer: resolve, fail: reject });
      }),
  );
  return { asked, query };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

it('asks once more after a burst of refreshes, and only once', async () => {
  const { asked, query } = open();
  query.refresh();
  expect(query.state.loading).toBe(true);
  query.refresh();
  query.refresh();
  asked[0]?.answer(1);
  await settled();
  expect(query.state).toMatchObject({ data: 1, loading: false });
  expect(asked).toHaveLength(2);
  asked[1]?.answer(2);
  await settled();
  expect(query.state.data).toBe(2);
  expect(asked).toHaveLength(2);
});

it('keeps the last answer beside an error', async () => {
  const { asked, query } = open();
  query.refresh();
  asked[0]?.answer(1);
  await settled();
  query.refresh();
  asked[1]?.fail(new MedspanError('ENGINE_DOWN', 'down'));
  await settled();
  expect(query.state).toMatchObject({ data: 1, loading: false, error: { code: 'ENGINE_DOWN' } });
});

it('shows a defect without its text', async () => {
  const { asked, query } = open();
  query.refresh();
  asked[0]?.fail(new TypeError('secret note text'));
  await settled();
  expect(query.state.error?.code).toBe('INTERNAL');
  expect(query.state.error?.message).not.toContain('secret');
});

it('aborts and stays silent once stopped', async () => {
  const { asked, query } = open();
  const listener = vi.fn<() => void>();
  query.subscribe(listener);
  query.refresh();
  query.stop();
  expect(asked[0]?.signal.aborted).toBe(true);
  asked[0]?.answer(1);
  await settled();
  expect(listener).not.toHaveBeenCalled();
});
