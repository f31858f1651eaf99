import { describe, expect, it } from 'vitest';
import { decodeModel, encodeModel } from '../../crf-core/index.ts';
import { trainSmallModel } from './test-model.ts';

describe('a model as SQLite and files give it', () => {
  it('is read from a Buffer anywhere in its memory, and left as it was', () => {
    const { model } = trainSmallModel();
    const memory = Buffer.alloc(model.length + 32, 7);
    memory.set(model, 16);
    const stored = memory.subarray(16, 16 + model.length);
    for (let time = 0; time < 3; time++) {
      expect(Buffer.compare(encodeModel(decodeModel(stored)), model)).toBe(0);
      expect(Buffer.compare(stored, model)).toBe(0);
    }
    expect(memory.subarray(0, 16)).toEqual(Buffer.alloc(16, 7));
  });
});
