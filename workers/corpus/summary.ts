import type { AreaSummary } from '../api/common.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import { capacityFigures } from './capacity.ts';
import { countHeld } from './queries.ts';

export async function summariseCorpus(db: ReadableDatabase, path: string): Promise<AreaSummary> {
  const held = countHeld(db);
  const figures = (await capacityFigures(db, path)).filter(({ name }) => name === 'Data capacity');
  return {
    headline: `${new Intl.NumberFormat('en').format(held.notes)} ${held.notes === 1 ? 'note' : 'notes'}`,
    next:
      held.notes === 0
        ? 'Import notes to begin.'
        : held.snapshots === 0
          ? 'Freeze a snapshot, so that a model can be trained on it.'
          : null,
    route: held.notes === 0 ? '/corpus/import' : '/corpus',
    figures,
  };
}
