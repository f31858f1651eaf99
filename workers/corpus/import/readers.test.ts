import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TestFiles } from './test-files.ts';
import { notesOf, quotesOf, rejectionsOf, testFiles } from './test-files.ts';

let files: TestFiles;
beforeEach(() => {
  files = testFiles();
});
afterEach(() => files.remove());

test('token pairs: runs of one label are spans, tokens keep their places', async () => {
  files.write('train_sent', 'Aspirin\nfor\nchest\npain\n.\n\n\nNo\nfever\n');
  files.write('train_label', 'T\nO\nD\nD\nO\n\n\nO\nD\n');
  const items = await files.read('token-pairs');
  expect(quotesOf(items)).toEqual([['T Aspirin', 'D chest pain'], ['D fever']]);
  const [first, second] = notesOf(items);
  expect(first).toMatchObject({
    text: 'Aspirin for chest pain .',
    externalId: 'set/train/1',
    part: 'train',
    line: 1,
  });
  expect([...(first?.tokenOffsets ?? [])]).toEqual([0, 7, 8, 11, 12, 17, 18, 22, 23, 24]);
  expect(second).toMatchObject({ line: 8, externalId: 'set/train/2' });
});

test('token pairs: counts that differ, sentences and labels that stand alone are named by line', async () => {
  files.write('a_sent', 'one\ntwo\n\nthree\n\nfour\n');
  files.write('a_label', 'O\n\nD\n');
  files.write('b_sent', 'one\n');
  files.write('b_label', 'O\n\nD\nD\n');
  files.write('c_sent', 'alone\n');
  files.write('d.csv', 'x\n');
  expect(rejectionsOf(await files.read('token-pairs')).sort()).toEqual([
    'a_sent:1 The sentence has 2 tokens, but 1 labels from line 1 of a_label. Mend either file.',
    'a_sent:6 A sentence without labels: a_label ends before it.',
    'b_label:3 Labels without a sentence: b_sent ends before them.',
    'c_sent:null There is no label file beside it (the same name ending in _label).',
    'd.csv:null The name ends neither in _sent nor in _label.',
  ]);
});

test('CoNLL: IOB2 with TAB, documents by -DOCSTART-, sentences as lines', async () => {
  files.write(
    'dev.conll',
    '-DOCSTART- -X- O O\n\nSevere\tB-Disease\nasthma\tI-Disease\n\nGive\tO\nsteroids\tB-Drug\n\n-DOCSTART- O\n\nWell\tO\n',
  );
  const items = await files.read('conll');
  expect(notesOf(items).map(({ text, part }) => [text, part])).toEqual([
    ['Severe asthma\nGive steroids', 'dev'],
    ['Well', 'dev'],
  ]);
  expect(quotesOf(items)).toEqual([['Disease Severe asthma', 'Drug steroids'], []]);
  expect(notesOf(await files.read('conll', { unit: 'sentence' }))).toHaveLength(3);
});

test('CoNLL: IOB1 is tolerated and said; bad lines cost their own sentence only', async () => {
  files.write('x.conll', 'old I-D\nflu I-D\nand O\ngout B-D\n\nlonely\n\nx B-\n\nfine B-T\n');
  const items = await files.read('conll');
  expect(quotesOf(items)).toEqual([['D old flu', 'D gout'], ['T fine']]);
  expect(items.filter(({ kind }) => kind === 'notice')).toHaveLength(1);
  expect(rejectionsOf(items).map((line) => line.slice(0, 9))).toEqual(['x.conll:6', 'x.conll:8']);
});

test('JSONL: offsets, ids, links and fields; code points where the quotes say so', async () => {
  files.write(
    'n.jsonl',
    [
      '{"id":7,"text":"🙂 flu, give tea","spans":[{"start":2,"end":5,"label":"D","quote":"flu","id":"a"},{"start":12,"end":15,"label":"T","quote":"tea","id":"b"}],"links":[{"from":"b","to":"a","type":"treats"}],"date":"2025-03-01","patient":"p1","metadata":{"k":1}}',
      '',
      '{"text":"plain"}',
      '{"text":"two parts here","spans":[{"start":0,"end":14,"label":"D","fragments":[{"start":0,"end":3},{"start":10,"end":14}]}]}',
    ].join('\r\n'),
  );
  const items = await files.read('jsonl');
  expect(quotesOf(items)[0]).toEqual(['D flu', 'T tea']);
  const [first, second, third] = notesOf(items);
  expect(first).toMatchObject({
    externalId: '7',
    patientId: 'p1',
    writtenAt: Date.UTC(2025, 2, 1),
    annotated: true,
  });
  expect(first?.links).toEqual([{ from: 1, to: 0, type: 'treats' }]);
  expect(second).toMatchObject({ externalId: 'set/n/3', annotated: false });
  expect(third?.spans[0]?.fragments).toHaveLength(2);
});

test.each([
  ['{"text":5}', '“text”'],
  ['[1]', 'no JSON object'],
  ['{"text":"a"', 'not JSON'],
  ['{"text":"  "}', 'empty'],
  ['{"text":"a\\u0000b"}', 'NUL'],
  ['{"text":"a\\ud800b"}', 'surrogate'],
  ['{"text":"abc","spans":[{"start":2,"end":1,"label":"D"}]}', 'does not lie in the text'],
  ['{"text":"abc","spans":[{"start":0,"end":9,"label":"D"}]}', 'does not lie in the text'],
  ['{"text":"a🙂c","spans":[{"start":2,"end":4,"label":"D"}]}', 'inside a character'],
  ['{"text":"abc","spans":[{"start":0,"end":1,"label":"D","quote":"x"}]}', 'does not cover its quote'],
  ['{"text":"abc","spans":[{"start":0,"end":1,"label":"D"}],"links":[{"from":0,"to":4}]}', 'does not join'],
  ['{"text":"abc","date":"yesterday"}', '“date”'],
  ['{"text":"abc","part":"validation"}', '“part”'],
])('JSONL: %s is rejected with its reason', async (line, reason) => {
  files.write('bad.jsonl', `${line}\n{"text":"good"}\n`);
  const items = await files.read('jsonl');
  expect(notesOf(items)).toHaveLength(1);
  expect(rejectionsOf(items)).toHaveLength(1);
  expect(rejectionsOf(items)[0]).toContain(reason);
  expect(rejectionsOf(items)[0]).toContain('bad.jsonl:1 ');
});

test('text files keep every character; encodings are found and named', async () => {
  const text = 'Fièvre – “38”\r\n\tok\n';
  files.write('a.txt', text);
  files.write('b.txt', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]));
  files.write('c.txt', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]));
  files.write('d.txt', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]));
  files.write(
    'e.txt',
    Buffer.from(text.replace('–', '\x96').replace('“', '\x93').replace('”', '\x94'), 'latin1'),
  );
  files.write('f.txt', Buffer.from('plain ascii in sixteen bits', 'utf16le'));
  files.write('deep/test/g.txt', 'x');
  const items = await files.read('text');
  // Names sort as a, b, c, d, deep/test/g, e, f.
  expect(items.flatMap((item) => (item.kind === 'file' ? [item.file.encoding] : []))).toEqual([
    'utf-8',
    'utf-8-bom',
    'utf-16le',
    'utf-16be',
    'utf-8',
    'windows-1252',
    'utf-16le',
  ]);
  const notes = notesOf(items);
  for (const index of [0, 1, 2, 3, 5]) expect(notes[index]?.text).toBe(text);
  expect(notes.at(-1)).toMatchObject({ text: 'plain ascii in sixteen bits' });
  expect(notes.find(({ file }) => file === 'deep/test/g.txt')).toMatchObject({
    part: 'test',
    externalId: 'set/deep/test/g',
  });
});

test('binary, empty and blank files are rejected as what they are', async () => {
  files.write('a.txt', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 0, 2, 0, 0, 0, 3]));
  files.write('b.txt', '');
  files.write('c.txt', ' \r\n ');
  files.write('d.jpg', 'x');
  expect(rejectionsOf(await files.read('text'))).toEqual([
    'd.jpg:null The name does not look like text files (one note a file).',
    expect.stringContaining('a.txt:null The file is no text'),
    'b.txt:null The file is empty.',
    'c.txt:null The file holds nothing but blanks.',
  ]);
});

test('a line of 50 MB is rejected, the lines after it come in, and memory stays small', async () => {
  files.write('long.jsonl', `{"text":"${'x'.repeat(50_000_000)}"}\n{"text":"short"}\n`);
  const before = process.memoryUsage().arrayBuffers;
  const items = await files.read('jsonl');
  expect(rejectionsOf(items)).toEqual([
    expect.stringMatching(/^long\.jsonl:1 The line is longer than 4 million/),
  ]);
  expect(notesOf(items).map(({ text }) => text)).toEqual(['short']);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64e6);
});

test('a cancelled reading stops', async () => {
  files.write('a.jsonl', '{"text":"x"}\n'.repeat(1000));
  await expect(files.read('jsonl', {}, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
});
