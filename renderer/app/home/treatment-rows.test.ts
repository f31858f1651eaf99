import fc from 'fast-check';
import { expect, it } from 'vitest';
import { byDisease, mergeMentions, sentencePieces } from './treatment-rows.ts';

const pair = (disease: string, treatment: string) => ({
  disease,
  treatment,
  linked: 1,
  goldSentences: 0,
  predictedSentences: 0,
  notes: 1,
});

it('keeps the order of the most frequent pairs', () => {
  const rows = byDisease([
    pair('asthma', 'salbutamol'),
    pair('gout', 'allopurinol'),
    pair('asthma', 'steroids'),
  ]);
  expect(rows.map(({ disease, pairs }) => [disease, pairs.map(({ treatment }) => treatment)])).toEqual([
    ['asthma', ['salbutamol', 'steroids']],
    ['gout', ['allopurinol']],
  ]);
});

it('marks both spans, whichever comes first', () => {
  const sentence = 'Salbutamol for asthma 🫁.';
  expect(sentencePieces(sentence, 100, [115, 121], [100, 110])).toEqual([
    { text: 'Salbutamol', kind: 'treatment' },
    { text: ' for ', kind: null },
    { text: 'asthma', kind: 'disease' },
    { text: ' 🫁.', kind: null },
  ]);
});

it('never loses or repeats text, whatever the offsets', () => {
  const offsets = fc.tuple(fc.integer({ min: -5, max: 60 }), fc.integer({ min: -5, max: 60 }));
  fc.assert(
    fc.property(
      fc.string({ maxLength: 40 }),
      fc.nat(10),
      offsets,
      offsets,
      (sentence, start, disease, treatment) => {
        const pieces = sentencePieces(sentence, start, disease, treatment);
        expect(pieces.map(({ text }) => text).join('')).toBe(sentence);
      },
    ),
  );
});

it('reads a place once, with everything that is known of it', () => {
  const mention = (noteId: number, origin: 'linked' | 'gold-sentence') => ({
    noteId,
    noteName: `S${noteId}`,
    origin,
    start: 0,
    end: 9,
    sentence: 'a for b.',
    disease: [6, 7] as const,
    treatment: [0, 1] as const,
  });
  const merged = mergeMentions([
    mention(1, 'linked'),
    mention(2, 'gold-sentence'),
    mention(1, 'gold-sentence'),
  ]);
  expect(merged.map(({ noteId, origins }) => [noteId, origins])).toEqual([
    [1, ['linked', 'gold-sentence']],
    [2, ['gold-sentence']],
  ]);
});
