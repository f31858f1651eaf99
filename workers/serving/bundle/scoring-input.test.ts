import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv } from './csv.ts';
import { ScoringError } from './scoring-error.ts';
import { readScoringInput } from './scoring-input.ts';

const json = (value: unknown) =>
  readScoringInput('application/json', new TextEncoder().encode(JSON.stringify(value))).texts;
const text = fc.string({ unit: 'grapheme', maxLength: 40 });

describe('the four shapes of a request', () => {
  it('give the same texts', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), (texts) => {
        const records = texts.map((each) => ({ text: each, site: 'x' }));
        expect(json({ instances: texts })).toEqual(texts);
        expect(json({ instances: records })).toEqual(texts);
        expect(json({ inputs: texts })).toEqual(texts);
        expect(json({ inputs: { text: texts } })).toEqual(texts);
        expect(json({ inputs: records })).toEqual(texts);
        expect(json({ dataframe_records: records })).toEqual(texts);
        expect(
          json({ dataframe_split: { columns: ['site', 'text'], data: texts.map((each) => ['x', each]) } }),
        ).toEqual(texts);
      }),
    );
  });

  it('never name a value of the request when they refuse it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 12, maxLength: 30 }), (secret) => {
        for (const body of [
          { instances: [{ [secret]: secret }] },
          { [secret]: 1 },
          { inputs: 1, instances: secret },
        ]) {
          try {
            json(body);
            expect.unreachable();
          } catch (error) {
            expect(error).toBeInstanceOf(ScoringError);
            expect((error as Error).message).not.toContain(secret);
          }
        }
      }),
    );
  });
});

describe('parseCsv', () => {
  it('reads back what RFC 4180 writes', () => {
    const field = fc.string({ maxLength: 10 }).map((value) => value.replaceAll('\r', ''));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 5 }),
        fc.constantFrom('\n', '\r\n'),
        (rows, end) => {
          const quote = (value: string): string => `"${value.replaceAll('"', '""')}"`;
          expect(parseCsv(rows.map((row) => row.map(quote).join(',')).join(end))).toEqual(rows);
        },
      ),
    );
  });

  it('refuses a body that ends inside a quoted field', () => {
    expect(() => parseCsv('text\n"abc')).toThrow('ends inside a quoted field');
  });
});
