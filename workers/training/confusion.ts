import type { ConfusionTable } from '../api/training-evaluation.ts';

/** Counts pairs of gold and predicted label, '' standing for none. */
export interface ConfusionCounter {
  add(gold: string, predicted: string): void;
  /** Labels in the order of the alphabet, and 'O' last. */
  table(): ConfusionTable;
}

export function createConfusionCounter(): ConfusionCounter {
  const cells = new Map<string, Map<string, number>>();
  return {
    add(gold, predicted) {
      let row = cells.get(gold);
      if (row === undefined) {
        row = new Map();
        cells.set(gold, row);
      }
      row.set(predicted, (row.get(predicted) ?? 0) + 1);
    },
    table() {
      const names = new Set([...cells.keys(), ...[...cells.values()].flatMap((row) => [...row.keys()])]);
      names.delete('');
      const labels = [...[...names].sort(), ''];
      return {
        labels: labels.map((label) => (label === '' ? 'O' : label)),
        counts: labels.map((gold) => labels.map((predicted) => cells.get(gold)?.get(predicted) ?? 0)),
      };
    },
  };
}
