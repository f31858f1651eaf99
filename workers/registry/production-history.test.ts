import { expect, test } from 'vitest';
import { productionHistory } from './production-history.ts';

type Step = Parameters<typeof productionHistory>[0] extends Iterable<infer Each> ? Each : never;
const promoted = (modelVersionId: number): Step => ({
  modelVersionId,
  action: 'promoted',
  fromStage: 'Staging',
  toStage: 'Production',
});
const archived = (modelVersionId: number): Step => ({
  modelVersionId,
  action: 'archived',
  fromStage: 'Production',
  toStage: 'Archived',
});
const back = (modelVersionId: number): Step => ({
  modelVersionId,
  action: 'rolled-back',
  fromStage: 'Archived',
  toStage: 'Production',
});

test('rollbacks go further back each time and never forward', () => {
  const three = [promoted(1), archived(1), promoted(2), archived(2), promoted(3)];
  expect(productionHistory([])).toEqual({ current: null, rollbackTo: null });
  expect(productionHistory(three)).toEqual({ current: 3, rollbackTo: 2 });
  const once = [...three, archived(3), back(2)];
  expect(productionHistory(once)).toEqual({ current: 2, rollbackTo: 1 });
  expect(productionHistory([...once, archived(2), back(1)])).toEqual({ current: 1, rollbackTo: null });
});

test('what was archived by hand can come back', () => {
  expect(productionHistory([promoted(1), archived(1)])).toEqual({ current: null, rollbackTo: 1 });
  expect(productionHistory([promoted(1), archived(1), back(1)])).toEqual({ current: 1, rollbackTo: null });
});
