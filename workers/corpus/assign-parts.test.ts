import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Part } from '../api/corpus.ts';
import type { Candidate } from './assign-parts.ts';
import { assignBySource, assignRandom } from './assign-parts.ts';

const shares = { train: 0.7, dev: 0.1, test: 0.2 };
const candidates = (withParts: boolean) =>
  fc
    .array(
      fc.record({
        sha256: fc.integer({ min: 0, max: 60 }).map(String),
        patientId: fc.option(fc.integer({ min: 0, max: 40 }).map(String)),
        part: withParts ? fc.constantFrom<Part | null>('train', 'test', null) : fc.constant(null),
      }),
      { minLength: 1, maxLength: 120 },
    )
    .map((rows) =>
      rows.map((row, index): Candidate => ({ ...row, noteId: index + 1, externalId: `n${String(index)}` })),
    );

test('random: equal texts and patients stay together, no asked part stays empty, the order of arrival is no matter', () => {
  fc.assert(
    fc.property(candidates(false), fc.integer({ min: 0, max: 1000 }), (notes, seed) => {
      let assigned;
      try {
        assigned = assignRandom(notes, seed, shares);
      } catch (error) {
        // Fewer groups than parts: said, not guessed.
        expect(error).toMatchObject({ code: 'CANNOT_COMPUTE' });
        return;
      }
      const partOf = new Map(assigned.map(({ noteId, part }) => [noteId, part]));
      expect(partOf.size).toBe(notes.length);
      for (const key of ['sha256', 'patientId'] as const) {
        const seen = new Map<string, Part | undefined>();
        for (const note of notes) {
          const value = note[key];
          if (value === null) continue;
          if (seen.has(value)) expect(partOf.get(note.noteId)).toBe(seen.get(value));
          seen.set(value, partOf.get(note.noteId));
        }
      }
      expect(new Set(partOf.values()).size).toBe(3);
      const backwards = assignRandom(notes.toReversed(), seed, shares);
      expect(new Map(backwards.map(({ noteId, part }) => [noteId, part]))).toEqual(partOf);
    }),
    { seed: 7 },
  );
});

test('random: many small groups come near to their shares, and another seed gives another division', () => {
  const notes = Array.from({ length: 1000 }, (_, index): Candidate => {
    const text = String(index);
    return { noteId: index, externalId: text, sha256: text, patientId: null, part: null };
  });
  const count = (part: Part): number =>
    assignRandom(notes, 1, shares).filter((row) => row.part === part).length;
  expect([count('train'), count('dev'), count('test')]).toEqual([700, 100, 200]);
  expect(assignRandom(notes, 2, shares)).not.toEqual(assignRandom(notes, 1, shares));
});

test('source: test stays as it is, dev comes out of train and shares no text, leaks are marked', () => {
  fc.assert(
    fc.property(candidates(true), fc.integer({ min: 0, max: 1000 }), (notes, seed) => {
      fc.pre(notes.some(({ part }) => part !== null));
      const assigned = new Map(assignBySource(notes, seed, shares).map((row) => [row.noteId, row]));
      const texts = (part: Part): Set<string> =>
        new Set(
          notes.filter(({ noteId }) => assigned.get(noteId)?.part === part).map(({ sha256 }) => sha256),
        );
      for (const note of notes) {
        const row = assigned.get(note.noteId);
        expect(row?.part === 'test').toBe(note.part === 'test');
        expect(row?.leaked).toBe(note.part === 'test' && texts('train').has(note.sha256));
      }
      for (const text of texts('dev')) {
        expect(texts('train').has(text)).toBe(false);
        expect(texts('test').has(text)).toBe(false);
      }
    }),
    { seed: 7 },
  );
});

test('source: without parts of the source it says what to do', () => {
  const note = { noteId: 1, externalId: 'a', sha256: 'x', patientId: null, part: null };
  expect(() => assignBySource([note], 1, shares)).toThrow(/Split at random/);
});
