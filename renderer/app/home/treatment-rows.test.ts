import fc from 'fast-check';
import { expect, it } from 'vitest';
import { byDisease, sentencePieces } from './treatment-rows.ts';

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
