import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spansToTags, tagsToSpans } from './projection.ts';
import type { TagScheme } from './schemes.ts';
import { convertTags, legalTransitions, parseTag, readTags, schemeTags, writeTags } from './schemes.ts';
import { splitSentences } from './sentences.ts';
import { tokenize, tokenTexts } from './tokenizer.ts';

const text = 'Severe acute asthma and left heart failure. Given 5mg salbutamol.';
const tokens = tokenize(text);
const at = (quote: string, label: string) => {
  const start = text.indexOf(quote);
  return { start, end: start + quote.length, label };
};

describe('spansToTags', () => {
  it('places the longest first, then the leftmost, and counts what it drops', () => {
    const spans = [
      at('asthma', 'D'),
      at('acute asthma', 'D'),
      at('asthma and left', 'D'),
      at('heart failure', 'D'),
      at('left heart', 'D'),
      at('acute asthma', 'T'),
    ];
    const { spans: placed, report } = spansToTags(spans, tokens, 'IOB2');
    expect(placed.map(({ start, end }) => text.slice(start, end))).toEqual([
      'asthma and left',
      'heart failure',
    ]);
    expect(report.dropped).toEqual({ nested: 1, crossing: 3, duplicate: 0, empty: 0 });
    expect(report.placed + 4).toBe(report.total);
  });

  it('widens to whole tokens and keeps the longest fragment', () => {
    const { spans, report } = spansToTags(
      [
        { start: 0, end: 3, label: 'D' },
        { ...at('left heart failure', 'D'), fragments: [at('left', 'D'), at('failure', 'D')] },
        { start: 6, end: 7, label: 'D' },
      ],
      tokens,
      'IOBES',
    );
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual(['Severe', 'failure']);
    expect(report.changed).toMatchObject({ widened: 1, discontinuous: 1 });
    expect(report.dropped.empty).toBe(1);
    expect(report.changedSpans).toBe(2);
  });

  it('cuts a span at a sentence boundary and says what IO merges', () => {
    const sentences = splitSentences(text, tokens);
    const crossing = spansToTags([at('heart failure. Given', 'D')], tokens, 'IOB2', sentences);
    expect(crossing.spans.map(({ start, end }) => text.slice(start, end))).toEqual(['heart failure.']);
    expect(crossing.report.changed.acrossSentences).toBe(1);
    const merged = spansToTags([at('Severe', 'D'), at('acute', 'D')], tokens, 'IO');
    expect(merged.report.changed.merged).toBe(1);
  });

  it('refuses a span that is reversed', () => {
    expect(() => spansToTags([{ start: 5, end: 5, label: 'D' }], tokens, 'IO')).toThrow(/start < end/);
  });

  it('gives spans that do not overlap back unchanged', () => {
    const places = fc.uniqueArray(fc.nat(tokens.starts.length), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(places, fc.constantFrom<TagScheme>('IOB2', 'IOBES'), (edges, scheme) => {
        const sorted = edges.toSorted((a, b) => a - b);
        const spans = [];
        for (let index = 0; index + 1 < sorted.length; index += 2) {
          spans.push({
            start: tokens.starts[sorted[index]!]!,
            end: tokens.ends[sorted[index + 1]! - 1]!,
            label: index % 4 === 0 ? 'D' : 'T',
          });
        }
        const { tags, report } = spansToTags(spans, tokens, scheme);
        expect(report.placed).toBe(spans.length);
        expect(report.changedSpans).toBe(0);
        expect(
          tagsToSpans(tags, tokens, scheme).map(({ start, end, label }) => ({ start, end, label })),
        ).toEqual(spans);
      }),
    );
  });
});

describe('schemes', () => {
  const spans = [
    { tokenStart: 0, tokenEnd: 1, label: 'D' },
    { tokenStart: 1, tokenEnd: 4, label: 'D' },
    { tokenStart: 5, tokenEnd: 7, label: 'T' },
  ];

  it('convert through one function', () => {
    const tags = writeTags(spans, 8, 'IOB2');
    expect(tags).toEqual(['B-D', 'B-D', 'I-D', 'I-D', 'O', 'B-T', 'I-T', 'O']);
    const rich = convertTags(tags, 'IOB2', 'IOBES');
    expect(rich).toEqual(['S-D', 'B-D', 'I-D', 'E-D', 'O', 'B-T', 'E-T', 'O']);
    expect(convertTags(rich, 'IOBES', 'IOB2')).toEqual(tags);
    expect(convertTags(tags, 'IOB2', 'IO')).toEqual(['I-D', 'I-D', 'I-D', 'I-D', 'O', 'I-T', 'I-T', 'O']);
  });

  it('read broken sequences generously', () => {
    expect(readTags(['I-D', 'I-T', 'O', 'I-T'], 'IOB2')).toHaveLength(3);
    expect(readTags(['E-D', 'I-D', 'S-T'], 'IOBES')).toHaveLength(3);
    expect(readTags(['D', 'D', 'O', 'T'], 'IO')).toHaveLength(2);
    expect(() => parseTag('X-D', 'IOB2')).toThrow(/scheme IOB2/);
  });

  it('allow every sequence that spans can make, and no other', () => {
    for (const scheme of ['IO', 'IOB2', 'IOBES'] as const) {
      const tags = schemeTags(['D', 'T'], scheme);
      const legal = legalTransitions(tags, scheme);
      const size = tags.length;
      for (let code = 0; code < size ** 3; code++) {
        const path = [code % size, Math.floor(code / size) % size, Math.floor(code / size ** 2)];
        const names = path.map((label) => tags[label]!);
        const again = writeTags(readTags(names, scheme), 3, scheme);
        const possible = again.every((tag, index) => tag === names[index]);
        const allowed =
          legal.start[path[0]!] === 1 &&
          legal.allowed[path[0]! * size + path[1]!] === 1 &&
          legal.allowed[path[1]! * size + path[2]!] === 1 &&
          legal.end[path[2]!] === 1;
        expect([scheme, names, allowed]).toEqual([scheme, names, possible]);
      }
    }
  });
});

describe('tokenize', () => {
  const split = (input: string): string[] => tokenTexts(input, tokenize(input));

  it('splits as clinicians write', () => {
    expect(split('5mg b.i.d. of vitamin B12 (2.5 mL), 120/80')).toEqual(
      '5|mg|b.i.d.|of|vitamin|B12|(|2.5|mL|)|,|120|/|80'.split('|'),
    );
    expect(split('non-small-cell')).toEqual(['non', '-', 'small', '-', 'cell']);
  });

  it('never cuts a surrogate pair or a combining mark', () => {
    expect(split('😀👨‍👩‍👧 e\u0301tat')).toEqual(['😀', '👨‍👩‍👧', 'e\u0301tat']);
  });

  it('covers every character but white space, once, on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (input) => {
        const { starts, ends } = tokenize(input);
        let rest = 0;
        let gaps = '';
        starts.forEach((start, index) => {
          expect(start).toBeGreaterThanOrEqual(rest);
          expect(ends[index]).toBeGreaterThan(start);
          gaps += input.slice(rest, start);
          rest = ends[index]!;
        });
        gaps += input.slice(rest);
        expect(gaps).toMatch(/^[\s\u0085]*$/u);
      }),
    );
  });
});

describe('splitSentences', () => {
  const split = (input: string): string[] => {
    const found = tokenize(input);
    const boundaries = splitSentences(input, found);
    return [...boundaries.slice(1)].map((end, index) =>
      input.slice(found.starts[boundaries[index]!], found.ends[end - 1]),
    );
  };

  it('ends at points, blank lines, headings and bullets, not at abbreviations or wrapped lines', () => {
    expect(split('Seen by Dr. Smith for asthma. Stable.')).toHaveLength(2);
    expect(
      split('He was seen today with a very long line that was wrapped by\nthe editor. Ok.'),
    ).toHaveLength(2);
    expect(split('Plan:\n- rest\n- fluids\n\nSigned')).toEqual(['Plan:', '- rest', '- fluids', 'Signed']);
    expect(split('Dose 2.5 mg. Then 5 mg.')).toHaveLength(2);
    expect(split('')).toEqual([]);
  });
});
