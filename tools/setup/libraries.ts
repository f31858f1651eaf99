/** Step "libraries": what Electron needs from a Linux system, and a display to draw on. */
import { spawnSync } from 'node:child_process';
import { hasDisplay } from '../display.ts';
import { readCheckout } from './checkout.ts';
import { findProgram } from './find-program.ts';
import { isRoot } from './places.mjs';
import { SetupError, type Step } from './steps.mjs';

/** Debian's package names for what Electron does not bring; newer releases renamed some. */
const packages = [['libgtk-3-0t64', 'libgtk-3-0'], ['libnss3'], ['libgbm1'], ['libasound2t64', 'libasound2']];
const display = ['xvfb'];

export function librariesStep(): Step {
  return {
    name: 'libraries',
    run() {
      if (process.platform !== 'linux') return { did: false, note: `nothing needed on ${process.platform}` };
      const executable = readCheckout()?.runtime.executable;
      const missing = executable ? missingLibraries(executable) : [];
      const needsDisplay = !hasDisplay() && !findProgram('Xvfb');
      if (missing.length === 0 && !needsDisplay) {
        return { did: false, note: hasDisplay() ? 'all there' : 'all there; no display, so Xvfb is used' };
      }
      const wanted = [...(missing.length > 0 ? packages : []), ...(needsDisplay ? [display] : [])];
      const what = [...missing, ...(needsDisplay ? ['Xvfb'] : [])].join(', ');
      install(wanted, what);
      const still = executable ? missingLibraries(executable) : [];
      if (still.length > 0) {
        throw new SetupError(
          `Electron still misses ${still.join(', ')} after the system packages were installed`,
          `install the packages that hold them (apt-file search ${still[0]}), then run the command again`,
        );
      }
      return { did: true, note: `installed for ${what}` };
    },
  };
}

/** Shared libraries that the system's loader cannot find for this executable. */
export function missingLibraries(executable: string): string[] {
  const { stdout, status } = spawnSync('ldd', [executable], { encoding: 'utf8' });
  if (status !== 0 || !stdout) return [];
  return parseMissing(stdout);
}

export function parseMissing(text: string): string[] {
  return [...text.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? '');
}

function install(wanted: readonly (readonly string[])[], what: string): void {
  if (!findProgram('apt-get')) {
    throw new SetupError(
      `the system lacks ${what}`,
      'install GTK 3, NSS, GBM, ALSA and Xvfb with the package manager of this system, then run the command again',
    );
  }
  if (!isRoot) {
    const names = wanted.map((candidates) => available(candidates)).join(' ');
    throw new SetupError(
      `the system lacks ${what}`,
      `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names}`,
    );
  }
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, { encoding: 'utf8', env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const update = apt('update', '-q');
  const names = wanted.map((candidates) => available(candidates));
  const result = apt('install', '-y', '-q', '--no-install-recommends', ...names);
  if (result.status !== 0) {
    throw new SetupError(
      `apt-get could not install ${names.join(' ')}:\n${lastLines(result.stderr || update.stderr)}`,
      `mend the package sources of this machine, then run: apt-get install -y --no-install-recommends ${names.join(' ')}`,
    );
  }
}

/** The first of these names that this release of the system knows. */
function available(names: readonly string[]): string {
  const known = names.find((name) => {
    const { stdout } = spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' });
    return /Candidate: (?!\(none\))/.test(stdout ?? '');
  });
  return known ?? names.at(-1) ?? '';
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-6).join('\n');
}
