/**
 * BeHealthy from its files to the scores of a trained model, through the engine as the app runs it: import, freeze,
 * split, train, evaluate, store. Trained on the source's own train part (a tenth of it as dev), scored on its test
 * part, with and without the test sentences that stand in train too.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Scores } from '../../api/training-evaluation.ts';
import { runSpec } from '../../api/training.ts';
import { openTestWorkspace } from '../../engine/test-workspace.ts';
import { importNotes, splitBySource } from '../test-corpus.ts';

/** What the bench command takes; its shape is that of `tools/bench`. */
type Report = (figure: {
  readonly figure: string;
  readonly value?: number;
  readonly samples?: readonly number[];
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  readonly target?: number;
  readonly n?: number;
  readonly min?: number;
  readonly max?: number;
}) => void;

const rounds = 3;

export default async function endToEnd(report: Report): Promise<void> {
  const source = sharedFolder();
  const seconds: number[] = [];
  const training: number[] = [];
  let last: { readonly all: Scores; readonly unseen: Scores } | null = null;
  for (let round = 0; round < rounds; round += 1) {
    const workspace = await openTestWorkspace();
    try {
      const started = performance.now();
      const split = await splitBySource(workspace, await importNotes(workspace, source, 'BeHealthy'));
      const { training: area } = workspace.services;
      const run = area.startRun(
        runSpec.parse({ splitId: split.id, templateSetId: 1, parameters: { scheme: 'IO' } }),
      );
      await run.done;
      seconds.push((performance.now() - started) / 1000);
      const { timings, evaluation } = area.run(run.runId);
      training.push(timings?.trainSeconds ?? 0);
      const test = evaluation?.test;
      if (test == null) throw new Error('the run has no test score');
      last = { all: test.all, unseen: test.withoutLeaked ?? test.all };
    } finally {
      await workspace.close();
    }
  }
  report({ figure: 'end-to-end-seconds', samples: seconds, unit: 's', better: 'lower', target: 20 });
  report({ figure: 'train-seconds', samples: training, unit: 's', better: 'lower' });
  if (last === null) return;
  reportScore(report, 'token-micro-f1', last.all.token.micro, 0.7);
  reportScore(report, 'strict-span-f1', last.all.span.micro);
  reportScore(report, 'token-micro-f1-without-leaked', last.unseen.token.micro);
  reportScore(report, 'strict-span-f1-without-leaked', last.unseen.span.micro);
}

/** An F1 with its bootstrap interval as least and greatest. */
function reportScore(report: Report, figure: string, score: Scores['span']['micro'], target?: number): void {
  report({
    figure,
    value: score.f1,
    unit: 'F1',
    better: 'higher',
    ...(target === undefined ? {} : { target }),
    n: score.support,
    min: score.f1Interval?.[0] ?? score.f1,
    max: score.f1Interval?.[1] ?? score.f1,
  });
}

function sharedFolder(): string {
  const root = process.env['MEDSPAN_SHARED'] ?? fileURLToPath(new URL('../../../../shared', import.meta.url));
  const folder = `${root}/data/behealthy`;
  if (!existsSync(folder)) throw new Error(`this bench needs ${folder}`);
  return folder;
}
