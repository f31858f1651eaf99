import { describe, expect, it } from 'vitest';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
import { createEarlyStopping } from './early-stopping.ts';

const weights = (value: number) => ({
  stateWeights: Float64Array.of(value, -value),
  transitions: Float64Array.of(value),
});

describe('early stopping', () => {
  it('never ends a run before the first entity is predicted', () => {
    const stopping = createEarlyStopping(3, null);
    for (let iteration = 1; iteration <= 50; iteration += 1) {
      expect(stopping.see(iteration, { f1: 0, predicted: 0 }, () => weights(iteration))).toBe(false);
    }
    expect(stopping.see(51, { f1: 0, predicted: 1 }, () => weights(51))).toBe(false);
    expect(stopping.see(53, { f1: 0, predicted: 1 }, () => weights(53))).toBe(false);
    expect(stopping.see(54, { f1: 0, predicted: 1 }, () => weights(54))).toBe(true);
    expect(stopping.best()).toBeNull();
  });

  it('keeps the weights of the best iteration', () => {
    const stopping = createEarlyStopping(2, null);
    stopping.see(1, { f1: 0.4, predicted: 5 }, () => weights(1));
    stopping.see(2, { f1: 0.6, predicted: 5 }, () => weights(2));
    expect(stopping.see(3, { f1: 0.6, predicted: 5 }, () => weights(3))).toBe(false);
    expect(stopping.see(4, { f1: 0.5, predicted: 5 }, () => weights(4))).toBe(true);
    expect(stopping.best()).toEqual({ iteration: 2, weights: weights(2) });
  });

  it('goes on from a checkpoint as if nothing had happened', () => {
    const stopping = createEarlyStopping(5, null);
    stopping.see(7, { f1: 0.6, predicted: 5 }, () => weights(7));
    const bytes = encodeCheckpoint({
      trainer: Uint8Array.of(1, 2, 3),
      patience: stopping.state(),
      best: stopping.best()?.weights ?? null,
    });
    const { trainer, patience, best } = decodeCheckpoint(bytes);
    expect([...trainer]).toEqual([1, 2, 3]);
    const resumed = createEarlyStopping(5, { state: patience, best });
    expect(resumed.best()).toEqual({ iteration: 7, weights: weights(7) });
    expect(resumed.see(12, { f1: 0.1, predicted: 5 }, () => weights(12))).toBe(true);
  });

  it('names a checkpoint that is cut off', () => {
    const bytes = encodeCheckpoint({
      trainer: Uint8Array.of(1, 2, 3),
      patience: { bestF1: 0, bestIteration: 0, sawEntity: false },
      best: null,
    });
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => decodeCheckpoint(bytes.subarray(0, length))).toThrow('Restart the run');
    }
  });
});
