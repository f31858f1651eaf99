/**
 * Sets everything up and opens the app on the sample workspace; where there is no display, runs the tour
 * instead. `--tour` runs it anywhere: npm run tour -- --data DIR --out DIR.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { hasDisplay } from './display.ts';
import { appArguments, appEnvironment, resolveElectron } from './electron.ts';
import { setUpApp } from './setup/all.ts';
import { projectRoot } from './setup/places.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    tour: { type: 'boolean' },
    'retry-electron': { type: 'boolean' },
    workspace: { type: 'string' },
    'user-data': { type: 'string' },
  },
});

process.stderr.write('Medspan: set-up\n');
await setUpApp({ retryElectron: values['retry-electron'] === true });

if (values.tour === true || !hasDisplay()) await runTour();
else openApp();

async function runTour(): Promise<void> {
  if (values.tour !== true)
    process.stderr.write('No display here: running the tour instead of opening a window\n');
  const tour = path.join(projectRoot, 'tools', 'tour.ts');
  if (!existsSync(tour)) {
    process.stderr.write('✗ tools/tour.ts is missing from this checkout; git status shows what else is\n');
    process.exit(1);
  }
  const args = process.argv.slice(2).filter((argument) => !/^--(tour|retry-electron)$/.test(argument));
  leaveWith(
    spawn(process.execPath, [...process.execArgv, tour, ...args], { stdio: 'inherit', cwd: projectRoot }),
  );
}

function openApp(): void {
  const electron = resolveElectron();
  const workspace = typeof values.workspace === 'string' ? values.workspace : positionals[0];
  const args = appArguments({
    ...(workspace ? { workspace: path.resolve(workspace) } : { args: ['--sample'] }),
    ...(typeof values['user-data'] === 'string' ? { userData: path.resolve(values['user-data']) } : {}),
  });
  leaveWith(
    // Chromium's own complaints about buses and graphics help nobody; our messages are not among them.
    spawn(electron.executablePath, [...electron.leadingArguments, '--log-level=3', ...args], {
      stdio: 'inherit',
      env: appEnvironment({ environment: {} }),
    }),
  );
}

function leaveWith(child: ReturnType<typeof spawn>): void {
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', (error) => {
    process.stderr.write(`✗ it could not be started: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
}
