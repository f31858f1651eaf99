/** The set-up that the app needs, in order; `packages` and `node` have come before (bootstrap.mjs). */
import { buildStep } from './build.ts';
import { electronStep } from './electron.ts';
import { librariesStep } from './libraries.ts';
import { sqliteStep } from './sqlite.ts';
import { runSteps, StepFailed, type RunOptions } from './steps.mjs';

export interface SetUpOptions extends RunOptions {
  /** Ask again for the official binary although that failed before. */
  retryElectron?: boolean;
}

/** Everything that a window needs. A step that fails has been reported when this ends the process. */
export async function setUpApp(options: SetUpOptions = {}): Promise<void> {
  await runOrLeave(
    [electronStep(options.retryElectron), librariesStep(), sqliteStep(), buildStep()],
    options,
  );
}

async function runOrLeave(...args: Parameters<typeof runSteps>): Promise<void> {
  try {
    await runSteps(...args);
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    process.exit(1);
  }
}
