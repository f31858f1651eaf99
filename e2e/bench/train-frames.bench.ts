/** Frames and keys of the window in the real app while BeHealthy trains in a thread of the compute process. */
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Report } from '../../tools/bench/figures.ts';
import { appFolder } from '../../tools/electron.ts';
import { sharedPath } from '../../tools/shared-data.ts';
import { watchFramesWhileTraining } from '../fixtures/frame-watch.ts';
import { runApp } from '../fixtures/running-app.ts';
import { planTraining } from '../fixtures/training-workspace.ts';

const rounds = 3;

export default async function trainFrames(report: Report): Promise<void> {
  const shared = sharedPath('data', 'behealthy');
  if (shared === undefined) throw new Error('this bench needs ../shared/data/behealthy');
  const longShares: number[] = [];
  const keys: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const folder = appFolder('bench');
    const source = path.join(folder, 'behealthy');
    cpSync(shared, source, { recursive: true });
    const running = await runApp({ workspace: planTraining(folder, { source, frozen: true }) });
    try {
      const figures = await watchFramesWhileTraining(running.page);
      process.stderr.write(`${JSON.stringify(figures)}\n`);
      longShares.push(figures.longShare * 100);
      keys.push(figures.keyToPaintP95);
    } finally {
      await running.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  }
  report({ figure: 'frames-over-32-ms', samples: longShares, unit: '%', better: 'lower', target: 1 });
  report({ figure: 'key-to-paint-p95-ms', samples: keys, unit: 'ms', better: 'lower', target: 100 });
}
