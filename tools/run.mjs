/** Runs one of the project's TypeScript files: `node tools/run.mjs FILE [arguments]`. Silent when nothing is missing. */
import { runScript } from './bootstrap.mjs';

const [script, ...args] = process.argv.slice(2);
if (!script) {
  process.stderr.write('Usage: node tools/run.mjs FILE [arguments]\n');
  process.exit(2);
}
await runScript(script, args, { quiet: true });
