import { expect, it } from 'vitest';
import type { AreaSummary, Figure } from '../../../workers/api/common.ts';
import { kpis } from './kpis.ts';

const figure = (name: string, unit: string): Figure => ({
  name,
  value: 1,
  unit,
  interval: null,
  n: 3,
  howComputed: 'Counted.',
  trend: [],
});
const summary = (...figures: Figure[]): AreaSummary => ({ headline: '', next: null, route: '/', figures });

it('gives each of the five its figures and leaves the others empty', () => {
  const shown = kpis({
    training: summary(
      figure('Strict span F1', 'F1'),
      figure('Token micro-F1', 'F1'),
      figure('Training time', 's'),
    ),
    serving: summary(figure('Mapping F1', 'F1'), figure('Inference speed', 'tokens/s')),
  });
  expect(shown.map(({ id, figures }) => [id, figures.map(({ name }) => name)])).toEqual([
    ['f1', ['Strict span F1', 'Token micro-F1']],
    ['mapping', ['Mapping F1']],
    ['time', ['Training time']],
    ['capacity', []],
    ['speed', ['Inference speed']],
  ]);
});
