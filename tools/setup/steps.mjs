/**
 * The set-up is a list of named steps. Each looks first whether its work is done, so that a second run
 * costs next to nothing; each prints one line; one that fails names itself, the cause and the way out.
 *
 * Plain JavaScript, and no packages: this runs on Node 20 in a clone where nothing is installed yet.
 *
 * @typedef {{ did: boolean, note: string }} StepResult
 *   `did` is false when there was nothing to do; `note` is what a person wants to know about it.
 * @typedef {{ name: string, run: () => StepResult | Promise<StepResult> }} Step
 * @typedef {{ write?: (line: string) => void, quiet?: boolean }} RunOptions
 *   `quiet` keeps silent about steps that had nothing to do.
 */

/** A step that cannot go on: what went wrong, and what the reader can do about it. */
export class SetupError extends Error {
  /**
   * @param {string} cause
   * @param {string} wayOut
   * @param {{ cause?: unknown }} [options]
   */
  constructor(cause, wayOut, options) {
    super(cause, options);
    this.name = 'SetupError';
    this.wayOut = wayOut;
  }
}

/**
 * Runs the steps in order and stops at the first that fails.
 *
 * @param {readonly Step[]} steps
 * @param {RunOptions} [options]
 */
export async function runSteps(steps, options = {}) {
  const write = options.write ?? ((line) => process.stderr.write(`${line}\n`));
  for (const step of steps) {
    const start = performance.now();
    try {
      const result = await step.run();
      if (result.did || !options.quiet) write(stepLine(step.name, result.note, performance.now() - start));
    } catch (error) {
      for (const line of failureLines(step.name, error)) write(line);
      throw new StepFailed(step.name, error);
    }
  }
}

/** Thrown after a failed step has been reported, so that the caller only has to leave. */
export class StepFailed extends Error {
  /**
   * @param {string} step
   * @param {unknown} cause
   */
  constructor(step, cause) {
    super(`set-up stopped at "${step}"`, { cause });
    this.name = 'StepFailed';
  }
}

/**
 * @param {string} name
 * @param {string} note
 * @param {number} milliseconds
 */
export function stepLine(name, note, milliseconds) {
  return `  ${name.padEnd(11)} ${formatDuration(milliseconds).padStart(7)}  ${note}`;
}

/** @param {number} milliseconds */
export function formatDuration(milliseconds) {
  if (Math.round(milliseconds) < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 99_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} m ${seconds % 60} s`;
}

/**
 * @param {string} name
 * @param {unknown} error
 */
function failureLines(name, error) {
  const message = error instanceof Error ? error.message : String(error);
  const lines = [`✗ set-up step "${name}" failed`, ...indented('cause:   ', message)];
  if (error instanceof SetupError) lines.push(...indented('way out: ', error.wayOut));
  else if (error instanceof Error && error.stack) lines.push(error.stack);
  return lines;
}

/**
 * @param {string} label
 * @param {string} text
 */
function indented(label, text) {
  return text.split('\n').map((line, index) => `  ${index === 0 ? label : ' '.repeat(label.length)}${line}`);
}
