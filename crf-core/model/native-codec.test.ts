import { describe, expect, it } from 'vitest';
import { CrfError } from '../errors.ts';
import { defaultTemplates } from '../features/default-templates.ts';
import { extract } from '../features/extract.ts';
import { Vocabulary } from '../features/vocabulary.ts';
import { createTagger } from '../inference/tagger.ts';
import { createTrainer } from '../training/trainer.ts';
import { checksum } from './checksum.ts';
import { decodeModel, encodeModel } from './native-codec.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

const sentences = [
  { tokens: ['Asthma', 'needs', 'salbutamol', '😀'], tags: ['B-D', 'O', 'B-T', 'O'] },
  { tokens: ['No', 'fever'], tags: ['O', 'B-D'] },
];

function smallModel() {
  const templateSet = {
    ...defaultTemplates,
    templates: defaultTemplates.templates.filter(({ name }) => name === 'word' || name === 'word-before'),
  };
  const data = extract(sentences, templateSet, new Vocabulary());
  const trainer = createTrainer(data, { templateSet, maximumIterations: 20 });
  while (!trainer.step().done);
  return trainer.model();
}

describe('native model codec', () => {
  const model = smallModel();
  const bytes = encodeModel(model);

  it('gives the same model and the same tags back', () => {
    const again = decodeModel(bytes);
    expect(encodeModel(again)).toEqual(bytes);
    expect(again.attributes.nameOf(0)).toBe(model.attributes.nameOf(0));
    const text = 'Asthma needs salbutamol 😀';
    expect(createTagger(again).tag(text)).toEqual(createTagger(model).tag(text));
  });

  it('names an error for every truncation and every bit flip', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeModel(bytes.subarray(0, length))).toThrow(CrfError);
    }
    const damaged = bytes.slice();
    for (let index = 0; index < bytes.length; index++) {
      for (let bit = 0; bit < 8; bit++) {
        damaged[index] = bytes[index]! ^ (1 << bit);
        expect(() => decodeModel(damaged)).toThrow(CrfError);
      }
      damaged[index] = bytes[index]!;
    }
  }, 60_000);

  it('reads a model that lies anywhere in a larger buffer', () => {
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    expect(decodeModel(larger.subarray(3)).labels).toEqual(model.labels);
  });
});

describe('its parts', () => {
  it('compute the CRC-32 everybody knows', () => {
    expect(checksum(encodeUtf8('123456789'))).toBe(0xcbf43926);
  });

  it('speak UTF-8', () => {
    for (const text of ['', 'plain', 'é文😀', 'a\u0000b', '\u{10ffff}']) {
      expect([...encodeUtf8(text)]).toEqual([...new TextEncoder().encode(text)]);
      expect(decodeUtf8(encodeUtf8(text))).toBe(text);
    }
    expect(decodeUtf8(Uint8Array.of(0x61, 0xff, 0xc0, 0x62))).toBe('a\ufffd\ufffdb');
  });
});
