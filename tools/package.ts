/** `npm run package`: the app as a directory under dist/; with --installers, this system's installers. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { packageApp } from './package/package-app.ts';
import { setUpApp } from './setup/all.ts';
import { describeRuntime } from './setup/electron-runtime.ts';
import { readCheckout } from './setup/checkout.ts';
import { projectRoot } from './setup/places.mjs';
import { runSteps, StepFailed } from './setup/steps.mjs';

const { values } = parseArgs({ options: { installers: { type: 'boolean', default: false } } });

await setUpApp();
try {
  await runSteps([
    {
      name: 'package',
      async run() {
        const output = path.join(projectRoot, 'dist');
        const app = await packageApp({ output, installers: values.installers });
        const runtime = readCheckout()?.runtime;
        const warning =
          runtime && runtime.source !== 'official'
            ? `; not for release: Electron ${describeRuntime(runtime)}`
            : '';
        return { did: true, note: `${path.relative(process.cwd(), app.folder)}${warning}` };
      },
    },
  ]);
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  process.exit(1);
}
