import { describe, expect, it } from 'vitest';
import { bestMatches, matchScore } from './match.ts';

describe('finding by name', () => {
  const titles = [
    'Go to Training',
    'Go to Annotation',
    'Theme: Dark',
    'Start training run',
    'Tag as Treatment',
  ];
  const find = (query: string) => bestMatches(query, titles, (title) => title, 10);

  it('puts titles that begin with the query before those that hold it', () => {
    expect(find('t')[0]).toBe('Theme: Dark');
    expect(find('train')).toEqual(['Go to Training', 'Start training run']);
  });

  it('needs every word, in any order', () => {
    expect(find('training go')).toEqual(['Go to Training']);
    expect(find('training zebra')).toEqual([]);
  });

  it('forgives left-out letters, below everything exact', () => {
    expect(find('annt')).toEqual(['Go to Annotation']);
    expect(matchScore('annt', 'Annotation')).toBeLessThan(matchScore('anno', 'Annotation') ?? 0);
  });

  it('offers everything in its own order when nothing is asked', () => {
    expect(find('  ')).toEqual(titles);
    expect(bestMatches('', titles, (title) => title, 2)).toHaveLength(2);
  });
});
