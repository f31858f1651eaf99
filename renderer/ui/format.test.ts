import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatFigure,
  formatNumber,
  formatPercent,
  formatUtc,
} from './format.ts';

const thin = '\u2009';

describe('what numbers look like', () => {
  it('sets off thousands by a thin space and uses a real minus', () => {
    expect(formatNumber(1234567)).toBe(`1${thin}234${thin}567`);
    expect(formatNumber(-1234.5, 1)).toBe(`\u22121${thin}234.5`);
    expect(formatNumber(-0.001, 1)).toBe('0.0');
    expect(formatNumber(999.6, 0)).toBe(`1${thin}000`);
    expect(formatNumber(Number.NaN)).toBe('–');
  });

  it('writes durations in the two units that matter', () => {
    expect(formatDuration(0.0123)).toBe(`12${thin}ms`);
    expect(formatDuration(2.44)).toBe(`2.4${thin}s`);
    expect(formatDuration(185)).toBe(`3${thin}min 05${thin}s`);
    expect(formatDuration(4800)).toBe(`1${thin}h 20${thin}min`);
    expect(formatDuration(59.9999)).toBe(`60${thin}s`);
  });

  it('writes sizes, shares and counts', () => {
    expect(formatBytes(999)).toBe(`999${thin}B`);
    expect(formatBytes(1_540_000)).toBe(`1.5${thin}MB`);
    expect(formatPercent(0.8234)).toBe(`82.3${thin}%`);
    expect(formatCount(1, 'note')).toBe('1 note');
    expect(formatCount(0, 'note')).toBe('0 notes');
    expect(formatCount(2, 'corpus', 'corpora')).toBe('2 corpora');
  });

  it('writes a figure by its unit', () => {
    expect(formatFigure(0.73456, 'F1')).toBe('0.735');
    expect(formatFigure(12.3, 's')).toBe(`12${thin}s`);
    expect(formatFigure(123456.7, 'tokens/s')).toBe(`123${thin}457${thin}tokens/s`);
    expect(formatFigure(400, 'notes')).toBe(`400${thin}notes`);
  });

  it('names UTC', () => {
    expect(formatUtc(0)).toBe('1970-01-01 00:00:00 UTC');
  });
});
