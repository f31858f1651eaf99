import type { GateFact, GateSettings } from '../../api/registry.ts';
import type { PartEvaluation, Score } from '../../api/training-evaluation.ts';
import { couldNotRun, fact, judge } from './outcome.ts';
import type { GateOutcome } from './outcome.ts';

/**
 * Strict span F1 on the run's own test part must reach a floor: over all labels (`label` is null), of one label,
 * or of each (`label` is `*`). A label without gold spans cannot be measured and does not pass.
 */
export function f1Floor(test: PartEvaluation | null, settings: GateSettings): GateOutcome {
  const floor = Number(settings['floor']);
  const label = settings['label'] ?? null;
  if (test === null) {
    return couldNotRun('The run has no test part to be measured on.', [
      'Train with a split that has a test part, or waive this gate with a reason.',
    ]);
  }
  const table = test.all.span;
  const scores: readonly (readonly [string, Score])[] =
    label === null
      ? [['All labels', table.micro]]
      : table.perLabel.filter((row) => label === '*' || row.label === label).map((row) => [row.label, row]);
  if (scores.length === 0) {
    return couldNotRun(`The test part knows no label ${String(label)}.`, [
      'Annotate some in the test part, or change the label in the settings of this gate.',
    ]);
  }
  const facts = scores.map(([name, score]): GateFact => {
    const measured = score.support > 0;
    return fact(name, measured ? score.f1 : null, measured && score.f1 >= floor, {
      unit: 'F1',
      limit: `≥ ${floor.toFixed(2)}`,
      interval: score.f1Interval,
      n: score.support,
    });
  });
  const worst = facts.toSorted((a, b) => Number(a.value ?? -1) - Number(b.value ?? -1))[0];
  return judge(facts, summarise(worst, floor, facts.length), {
    remarks: [
      `Strict span F1 on ${String(test.all.notes)} notes of the test part; the interval resamples notes.`,
      ...(test.leakedNotes > 0
        ? [`${String(test.leakedNotes)} of these notes stand in the train part too, word for word.`]
        : []),
    ],
  });
}

function summarise(worst: GateFact | undefined, floor: number, count: number): string {
  if (worst === undefined) return 'Nothing was measured.';
  if (worst.value === null) return `${worst.name} has no gold span in the test part.`;
  const value = Number(worst.value).toFixed(3);
  const relation = worst.passed ? 'reaches' : 'is below';
  return count === 1
    ? `F1 ${value} ${relation} the floor of ${floor.toFixed(2)}.`
    : `Lowest is ${worst.name}: F1 ${value} ${relation} the floor of ${floor.toFixed(2)}.`;
}
