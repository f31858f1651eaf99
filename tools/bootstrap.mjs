/**
 * What each entry script does first: packages and Node, in plain JavaScript on whatever Node there is. Then
 * it hands over to a TypeScript file under a Node that runs it.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { findNode, nodeStep, typeScriptFlags } from './setup/node.mjs';
import { packagesStep } from './setup/packages.mjs';
import { isRoot, projectRoot } from './setup/places.mjs';
import { runSteps, StepFailed } from './setup/steps.mjs';

/**
 * Sets up what is needed to run `script`, runs it with `args`, and leaves with its exit code.
 *
 * @param {string} script relative to the project
 * @param {string[]} args
 * @param {{ quiet?: boolean }} [options]
 */
export async function runScript(script, args, options = {}) {
  // Whatever root builds here, the unprivileged user that Electron runs as must be able to read.
  if (isRoot) process.umask(0o022);
  try {
    await runSteps([packagesStep(), nodeStep()], options);
  } catch (error) {
    if (error instanceof StepFailed) process.exit(1);
    throw error;
  }
  const node = findNode();
  if (!node) process.exit(1);
  const child = spawn(
    node.executable,
    [...typeScriptFlags(node.version), path.resolve(projectRoot, script), ...args],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        PATH: [
          path.dirname(node.executable),
          path.join(projectRoot, 'node_modules', '.bin'),
          process.env['PATH'],
        ].join(path.delimiter),
      },
    },
  );
  // The child shares our terminal and gets Ctrl+C itself; we stay to pass its answer on.
  const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
  process.on('SIGINT', () => {});
  process.on('SIGTERM', forward);
  process.on('SIGHUP', forward);
  child.on('error', (error) => {
    process.stderr.write(`✗ ${node.executable} could not be started: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
}
