import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { TrainingNote } from '../annotation/service.ts';
import { createPreparation, sentenceTokens } from './prepared-notes.ts';

const text = 'Left and right knee pain after type 2 diabetes. Aspirin helped.';

function at(quote: string, label: string): { start: number; end: number; label: string } {
  const start = text.indexOf(quote);
  return { start, end: start + quote.length, label };
}

const note: TrainingNote = {
  noteId: 1,
  externalId: 'n1',
  revisionId: 1,
  text,
  tokenOffsets: null,
  spans: [
    {
      ...at('Left and right knee pain', 'Disease'),
      fragments: [at('Left', 'Disease'), at('knee pain', 'Disease')],
    },
    at('type 2 diabetes', 'Disease'),
    at('diabetes', 'Disease'),
    at('Aspirin', 'Treatment'),
  ],
  links: [],
  leaked: false,
};

test('spans that the chain cannot hold are changed or dropped by the one rule, and counted', () => {
  const preparation = createPreparation('IOB2', createHash('sha256'));
  const prepared = preparation.prepare(note);
  expect(prepared.gold.map(({ start, end }) => text.slice(start, end))).toEqual([
    'knee pain',
    'type 2 diabetes',
    'Aspirin',
  ]);
  expect(prepared.annotated).toHaveLength(4);
  expect(prepared.changedSpans).toBe(2);
  expect(preparation.projection()).toEqual({
    total: 4,
    changed: 1,
    dropped: 1,
    changedBy: { discontinuous: 1, widened: 0, acrossSentences: 0, merged: 0 },
    droppedBy: { nested: 1, crossing: 0, duplicate: 0, empty: 0 },
  });
});

test('sentences carry their own tokens and tags', () => {
  const prepared = createPreparation('IOB2', createHash('sha256')).prepare(note);
  const sentences = [...sentenceTokens(prepared)];
  expect(sentences.map(({ tokens }) => tokens.join(' '))).toEqual([
    'Left and right knee pain after type 2 diabetes .',
    'Aspirin helped .',
  ]);
  expect(sentences[1]?.tags).toEqual(['B-Treatment', 'O', 'O']);
});

test('the data hash sees text, tokens and spans', () => {
  const digest = (changed: Partial<TrainingNote>): string => {
    const hash = createHash('sha256');
    createPreparation('IOB2', hash).prepare({ ...note, ...changed });
    return hash.digest('hex');
  };
  expect(digest({})).toBe(digest({}));
  expect(digest({ spans: note.spans.slice(1) })).not.toBe(digest({}));
  expect(digest({ tokenOffsets: Uint32Array.of(0, 4, 5, 8) })).not.toBe(digest({}));
});
