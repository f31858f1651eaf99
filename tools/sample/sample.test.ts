import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scoreOfLookup, scoreOn, trainOn, unseenForms } from './difficulty.ts';
import { sampleFiles } from './generate.ts';
import { makeCorpus, makeWeek } from './make-notes.ts';

const notes = makeCorpus();
const train = notes.filter(({ part }) => part === 'train');
const held = notes.filter(({ part }) => part === 'test');

test('the files that ship are what the generator writes', () => {
  for (const [name, content] of sampleFiles()) {
    const shipped = readFileSync(new URL(`../../resources/sample/${name}`, import.meta.url), 'utf8');
    expect(shipped === content, `${name} differs: run tools/sample/generate.ts`).toBe(true);
  }
});

test('every span covers its quote, and every link leads from a treatment to a disease', () => {
  for (const note of [...notes, ...makeWeek(3)]) {
    for (const span of note.spans) expect(note.text.slice(span.start, span.end)).toBe(span.quote);
    for (const link of note.links) {
      expect([note.spans[link.from]?.label, note.spans[link.to]?.label]).toEqual(['Treatment', 'Disease']);
    }
  }
});

test('it holds what notes hold: types, long notes, emoji, CRLF, patients in one part only', () => {
  expect(notes).toHaveLength(400);
  expect(new Set(notes.map(({ type }) => type)).size).toBe(5);
  expect(notes.filter(({ text }) => Buffer.byteLength(text) > 20_000).length).toBeGreaterThanOrEqual(3);
  expect(notes.filter(({ text }) => /\p{Extended_Pictographic}/u.test(text)).length).toBeGreaterThanOrEqual(
    10,
  );
  expect(notes.filter(({ text }) => text.includes('\r\n')).length).toBeGreaterThanOrEqual(30);
  expect(notes.reduce((sum, { links }) => sum + links.length, 0)).toBeGreaterThan(500);
  const partOf = new Map(notes.map(({ patient, part }) => [patient, part]));
  for (const { patient, part } of notes) expect(partOf.get(patient)).toBe(part);
});

test('it is not trivial, and week 3 drifts', () => {
  expect(unseenForms(train, held)).toBeGreaterThanOrEqual(0.3);
  const model = trainOn(train);
  const score = scoreOn(model, held);
  expect(score).toBeGreaterThanOrEqual(0.7);
  expect(score).toBeLessThanOrEqual(0.9);
  expect(scoreOfLookup(train, held)).toBeLessThanOrEqual(score - 0.15);
  const weeks = [1, 2, 3, 4].map((week) => scoreOn(model, makeWeek(week)));
  for (const calm of weeks.slice(0, 2)) expect(calm).toBeGreaterThan(score * 0.93);
  for (const drifted of weeks.slice(2)) expect(drifted).toBeLessThan(score * 0.9);
}, 120_000);

test('the prediction logs speak of the notes that ship', () => {
  for (const week of [1, 2, 3, 4]) {
    const path = `../../resources/sample/production/logs/week-${String(week)}.jsonl`;
    const lines = readFileSync(new URL(path, import.meta.url), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { format: string; id: string; at: number; textSha256: string });
    const notes = makeWeek(week);
    expect(lines.map(({ format, id, at }) => [format, id, at])).toEqual(
      notes.map(({ id, date }) => ['prediction-log/1', `sample-${id}`, Date.parse(date)]),
    );
    expect(lines.map(({ textSha256 }) => textSha256)).toEqual(
      notes.map(({ text }) => createHash('sha256').update(text).digest('hex')),
    );
  }
});
