import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertOffsets } from './offsets.ts';
import { classOfCodePoint, foldCase } from './unicode.ts';

describe('convertOffsets', () => {
  it('agrees with encoding and counting, both ways', () => {
    const encoder = new TextEncoder();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const places: number[] = [0];
        for (const character of text) places.push(places.at(-1)! + character.length);
        const bytes = places.map((place) => encoder.encode(text.slice(0, place)).length);
        const points = places.map((place) => [...text.slice(0, place)].length);
        expect([...convertOffsets(text, places, 'utf16', 'utf8')]).toEqual(bytes);
        expect([...convertOffsets(text, places, 'utf16', 'codepoint')]).toEqual(points);
        expect([...convertOffsets(text, bytes, 'utf8', 'utf16')]).toEqual(places);
        expect([...convertOffsets(text, points.toReversed(), 'codepoint', 'utf16')]).toEqual(
          places.toReversed(),
        );
      }),
    );
  });

  it('refuses a position inside a character or outside the text', () => {
    expect(() => convertOffsets('a😀', [2], 'utf16', 'utf8')).toThrow(/inside a character/);
    expect(() => convertOffsets('é', [1], 'utf8', 'utf16')).toThrow(/inside a character/);
    expect(() => convertOffsets('ab', [3], 'utf16', 'utf8')).toThrow(/outside/);
    expect(() => convertOffsets('ab', [-1], 'utf16', 'utf8')).toThrow(/outside/);
  });
});

describe('frozen Unicode tables', () => {
  it('know the letters of today', () => {
    expect([...'Aaé1 \u0301文'].map((character) => classOfCodePoint(character.codePointAt(0)!))).toEqual([
      1, 2, 2, 4, 5, 6, 3,
    ]);
    expect(classOfCodePoint(0x1d400)).toBe(1);
    expect(classOfCodePoint(0x1f600)).toBe(0);
  });

  it('fold like toLowerCase, one code point to one', () => {
    for (const sample of ['Straße', 'ΑΒΓΔ', 'ÅNGSTRÖM', 'ДОЗА', '𐐀𐐁', 'plain']) {
      expect(foldCase(sample)).toBe(sample.toLowerCase());
    }
    for (let point = 0; point < 0x10000; point++) {
      if (point >= 0xd800 && point < 0xe000) continue;
      const character = String.fromCharCode(point);
      expect([...foldCase(character)]).toHaveLength(1);
    }
  });
});
