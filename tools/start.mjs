/** `npm start` and `npm run tour`. The work is in start.ts; this gets a fresh clone that far. */
import { runScript } from './bootstrap.mjs';

await runScript('tools/start.ts', process.argv.slice(2));
