import { describe, expect, it } from 'vitest';
import { hasSharedData, readBehealthy, readShared } from '../bench/shared-data.ts';
import { attributesOf, countByTemplate } from './dataset.ts';
import { benchV1Templates, defaultTemplates } from './default-templates.ts';
import { extract } from './extract.ts';
import { readCrfsuiteData } from './iwa.ts';
import { validateTemplateSet } from './template-set.ts';
import { Vocabulary } from './vocabulary.ts';

describe('extract', () => {
  it.skipIf(!hasSharedData)('makes bench-v1 attributes exactly as the reference file', () => {
    for (const part of ['train', 'test'] as const) {
      const reference = readCrfsuiteData(readShared(`crfsuite/behealthy.${part}.iwa.gz`));
      const ours = extract(readBehealthy(part), benchV1Templates, new Vocabulary());
      expect(ours.sentenceStarts).toEqual(reference.sentenceStarts);
      expect(ours.vocabulary.size).toBe(reference.vocabulary.size);
      const names = (data: typeof ours, token: number): string =>
        attributesOf(data, token)
          .map(({ attribute }) => data.vocabulary.nameOf(attribute))
          .toSorted()
          .join(' ');
      let different = 0;
      for (let token = 0; token < ours.gold.length; token++) {
        if (names(ours, token) !== names(reference, token)) different++;
      }
      expect(different).toBe(0);
    }
  });

  it('leaves unknown attributes out of a frozen vocabulary', () => {
    const vocabulary = new Vocabulary();
    extract([{ tokens: ['mild', 'asthma'], tags: ['O', 'B-D'] }], defaultTemplates, vocabulary);
    const size = vocabulary.freeze().size;
    const again = extract([{ tokens: ['mild', 'fever'] }], defaultTemplates, vocabulary);
    expect(vocabulary.size).toBe(size);
    const counts = countByTemplate(again);
    expect(counts['word']).toBeGreaterThan(0);
    expect(again.gold).toEqual(Int32Array.of(-1, -1));
  });

  it('names what is wrong with the input', () => {
    expect(() => extract([{ tokens: ['a'], tags: [] }], defaultTemplates, new Vocabulary())).toThrow(
      /Sentence 1/,
    );
    expect(() =>
      extract([{ tokens: ['a'], tags: ['X'] }], defaultTemplates, new Vocabulary(), { labels: ['O'] }),
    ).toThrow(/"X"/);
    expect(extract([{ tokens: [] }], defaultTemplates, new Vocabulary()).sentenceStarts).toHaveLength(1);
  });
});

describe('validateTemplateSet', () => {
  it('accepts the built-in sets after a trip through JSON', () => {
    for (const set of [benchV1Templates, defaultTemplates]) {
      expect(validateTemplateSet(JSON.parse(JSON.stringify(set)))).toEqual(set);
    }
  });

  it.each([
    [null, /expected a JSON object/],
    [{ format: 'x' }, /medspan-templates\/1/],
    [{ format: 'medspan-templates/1', name: '', templates: [] }, /name/],
    [{ format: 'medspan-templates/1', name: 'a', templates: [] }, /at least one/],
    [{ name: 'w', attributes: ['nope'], offsets: [0] }, /no base attribute "nope".*known are/],
    [{ name: 'w', attributes: ['prefix:0'], offsets: [0] }, /malformed/],
    [{ name: 'w', attributes: ['lower:2'], offsets: [0] }, /at most 0/],
    [{ name: 'w', attributes: ['lower'], offsets: [9] }, /from -8 to 8/],
    [{ name: 'w', attributes: ['lower', 'lower'], offsets: [0] }, /repeats/],
    [{ name: 'w', attributes: ['lower'], offsets: [0], colour: 1 }, /does not know "colour"/],
    [{ name: 'w', join: [{ attribute: 'lower', offset: 0 }] }, /two to six/],
    [
      {
        name: 'w',
        join: [
          { attribute: 'grams', offset: 0 },
          { attribute: 'lower', offset: 0 },
        ],
      },
      /several values/,
    ],
  ])('says what is wrong with %j', (value, message) => {
    const set =
      value !== null && 'format' in value
        ? value
        : value === null
          ? null
          : { format: 'medspan-templates/1', name: 'a', templates: [value] };
    expect(() => validateTemplateSet(set)).toThrow(message);
  });
});

describe('readCrfsuiteData', () => {
  it('reads escapes, values and repeated attributes', () => {
    const data = readCrfsuiteData('A\ta\\:b:2\tc\\\\\t\r\nB\tc\\\\:0.5\n\n\nA\td\n');
    expect(data.labels).toEqual(['A', 'B']);
    expect([...data.sentenceStarts]).toEqual([0, 2, 3]);
    expect(attributesOf(data, 0)).toEqual([
      { attribute: 0, value: 2 },
      { attribute: 1, value: 1 },
    ]);
    expect(data.vocabulary.nameOf(0)).toBe('a:b');
    expect(data.vocabulary.nameOf(1)).toBe('c\\');
    expect(attributesOf(data, 1)).toEqual([{ attribute: 1, value: 0.5 }]);
  });

  it('names the line of what it cannot read', () => {
    expect(() => readCrfsuiteData('A\tx\n\n@weight:2\nA\tx')).toThrow(/Line 3/);
    expect(() => readCrfsuiteData('A\tx:1:2')).toThrow(/Line 1/);
    expect(() => readCrfsuiteData('A\tx:nan')).toThrow(/malformed/);
  });
});
