import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Span } from '../../../workers/api/annotation.ts';
import { moveBySentence, moveByToken, stretchOf } from './caret.ts';
import { linkPath } from './link-arcs.ts';
import { SpanIndex } from './span-index.ts';
import { lineAt, splitLines } from './text-lines.ts';
import { tokenAt, tokensOf, tokensTouched } from './tokens.ts';

function span(uid: string, start: number, end: number, labelId = 1): Span {
  return { uid, labelId, start, end, origin: 'person', status: 'accepted', score: null };
}

test('lines keep every offset, whatever ends them', () => {
  const text = 'a\r\nbc\n\rd';
  const lines = splitLines(text);
  expect(lines.map(({ start, end }) => text.slice(start, end))).toEqual(['a', 'bc', '', 'd']);
  expect([0, 1, 2, 3, 5, 6, 7].map((offset) => lineAt(lines, offset))).toEqual([0, 0, 0, 1, 1, 2, 3]);
  expect(splitLines('')).toEqual([{ start: 0, end: 0 }]);
});

test('the caret never stops inside what a reader sees as one character', () => {
  const text = 'e\u0301tat 👩‍⚕️ 🇩🇪 नि ok שלום';
  const tokens = tokensOf(text, null);
  const borders = new Set(
    [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map((part) => part.index),
  );
  borders.add(text.length);
  for (const [index, start] of tokens.starts.entries()) {
    expect(borders.has(start)).toBe(true);
    expect(borders.has(tokens.ends[index] ?? -1)).toBe(true);
  }
  expect(tokens.starts.length).toBeGreaterThan(4);
});

test('tokens of any text rise, stay inside it and start no character in its middle', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const tokens = tokensOf(text, null);
      let reached = 0;
      for (const [index, start] of tokens.starts.entries()) {
        const end = tokens.ends[index] ?? 0;
        expect(start).toBeGreaterThanOrEqual(reached);
        expect(end).toBeGreaterThan(start);
        reached = end;
      }
      expect(reached).toBeLessThanOrEqual(text.length);
    }),
  );
});

test('the source’s own tokens are the steps where it brought any', () => {
  const tokens = tokensOf('type 2 diabetes', [0, 6, 7, 15]);
  expect([...tokens.starts]).toEqual([0, 7]);
  expect(tokenAt(tokens, 6)).toBe(1);
  expect(tokenAt(tokens, 99)).toBe(1);
  expect(tokensTouched(tokens, 3, 9)).toEqual({ first: 0, last: 1 });
  expect(tokensTouched(tokens, 0, 7)).toEqual({ first: 0, last: 0 });
});

test('the caret moves, extends, collapses to its edge and goes by sentence', () => {
  const text = 'One two. Three four.';
  const tokens = tokensOf(text, null);
  let caret = { anchor: 0, focus: 0 };
  caret = moveByToken(tokens, caret, -1, false);
  expect(caret).toEqual({ anchor: 0, focus: 0 });
  caret = moveByToken(tokens, caret, 1, true);
  expect(stretchOf(tokens, caret)).toEqual({ start: 0, end: 7 });
  expect(moveByToken(tokens, caret, 1, false)).toEqual({ anchor: 1, focus: 1 });
  expect(moveByToken(tokens, caret, -1, false)).toEqual({ anchor: 0, focus: 0 });
  const next = moveBySentence(tokens, caret, 1, false);
  expect(text.slice(tokens.starts[next.focus])).toBe('Three four.');
  expect(moveBySentence(tokens, next, -1, false).focus).toBe(0);
  expect(stretchOf(tokensOf('', null), caret)).toBeNull();
});

test('the index finds what a plain search finds, the innermost first', () => {
  const stretch = fc
    .tuple(fc.nat(2000), fc.integer({ min: 1, max: 700 }))
    .map(([start, length]) => ({ start, end: start + length }));
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 40 }), fc.array(fc.nat(39)), stretch, (all, gone, asked) => {
      const index = new SpanIndex();
      const spans = new Map(all.map(({ start, end }, at) => [`s${at}`, span(`s${at}`, start, end)]));
      for (const one of spans.values()) index.put(one);
      for (const at of gone) {
        index.remove(`s${at}`);
        spans.delete(`s${at}`);
      }
      const found = index.touching(asked.start, asked.end);
      const expected = [...spans.values()].filter((one) => one.start < asked.end && one.end > asked.start);
      expect(new Set(found)).toEqual(new Set(expected));
      const lengths = found.map((one) => one.end - one.start);
      expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
    }),
  );
});

test('a discontinuous span is hit on its pieces only', () => {
  const index = new SpanIndex();
  const pieces = [
    { start: 0, end: 5 },
    { start: 18, end: 25 },
  ];
  index.put({ ...span('a', 0, 25), fragments: pieces });
  expect(index.touching(2, 3)).toHaveLength(1);
  expect(index.touching(8, 9)).toHaveLength(0);
  expect(index.touching(20, 21)).toHaveLength(1);
});

test('a link runs above its line, or in the gap above the lower end', () => {
  const box = (left: number, top: number) => ({ left, top, width: 20, height: 20 });
  expect(linkPath(box(0, 50), box(100, 50)).path).toBe('M 10 50 V 46 H 110 V 49');
  expect(linkPath(box(0, 50), box(100, 77)).path).toBe('M 10 72 V 73 H 110 V 76');
  expect(linkPath(box(0, 77), box(100, 50))).toEqual({ path: 'M 10 77 V 73 H 110 V 73', pointsUp: true });
});
