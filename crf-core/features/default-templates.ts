import type { TemplateSet } from './template-set.ts';

/**
 * The attributes of the shared benchmark, so that engines are compared on the same work: word, shape and affixes of
 * the token and its neighbours, word and shape two tokens away, and the two word bigrams.
 */
export const benchV1Templates: TemplateSet = {
  format: 'medspan-templates/1',
  name: 'bench-v1',
  templates: [
    {
      name: 'word-shape',
      attributes: ['lower', 'shape:20', 'shape-brief', 'boundary'],
      offsets: [0, -2, -1, 1, 2],
    },
    {
      name: 'affix',
      attributes: [
        'prefix:1',
        'suffix:1',
        'prefix:2',
        'suffix:2',
        'prefix:3',
        'suffix:3',
        'prefix:4',
        'suffix:4',
        'has-digit',
        'has-hyphen',
        'all-upper',
        'capital',
      ],
      offsets: [0, -1, 1],
    },
    {
      name: 'b-1',
      join: [
        { attribute: 'lower', offset: -1 },
        { attribute: 'lower', offset: 0 },
      ],
    },
    {
      name: 'b+1',
      join: [
        { attribute: 'lower', offset: 0 },
        { attribute: 'lower', offset: 1 },
      ],
    },
  ],
};

/**
 * The default clinical set: words, shapes, affixes and character n-grams, with neighbours and conjunctions.
 * It asks for nothing but the text itself.
 */
export const defaultTemplates: TemplateSet = {
  format: 'medspan-templates/1',
  name: 'clinical-1',
  templates: [
    { name: 'word', attributes: ['lower', 'boundary'], offsets: [0, -1, 1, -2, 2] },
    { name: 'shape', attributes: ['shape:20', 'shape-brief'], offsets: [0, -1, 1] },
    {
      name: 'affix',
      attributes: [
        'prefix:2',
        'prefix:3',
        'prefix:4',
        'prefix:5',
        'suffix:2',
        'suffix:3',
        'suffix:4',
        'suffix:5',
      ],
      offsets: [0],
    },
    { name: 'near-affix', attributes: ['prefix:3', 'suffix:3', 'suffix:4'], offsets: [-1, 1] },
    { name: 'grams', attributes: ['grams:2:4'], offsets: [0] },
    {
      name: 'kind',
      attributes: [
        'has-digit',
        'has-hyphen',
        'all-upper',
        'capital',
        'mixed-case',
        'roman',
        'greek',
        'length',
      ],
      offsets: [0],
    },
    {
      name: 'word-before',
      join: [
        { attribute: 'lower', offset: -1 },
        { attribute: 'lower', offset: 0 },
      ],
    },
    {
      name: 'word-after',
      join: [
        { attribute: 'lower', offset: 0 },
        { attribute: 'lower', offset: 1 },
      ],
    },
    {
      name: 'word-around',
      join: [
        { attribute: 'lower', offset: -1 },
        { attribute: 'lower', offset: 1 },
      ],
    },
  ],
};
