/** `npm test` and `npm run test:long`. The work is in test.ts; this gets a fresh clone that far. */
import { runScript } from './bootstrap.mjs';

await runScript('tools/test.ts', process.argv.slice(2));
