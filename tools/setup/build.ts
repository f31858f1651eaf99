/** Step "build": out/ from the sources, when they have changed since it was made. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { placeApp, readCheckout } from './checkout.ts';
import { packageFile } from './package-file.ts';
import { projectRoot } from './places.mjs';
import { fingerprint, type FileRecords } from './source-hash.ts';
import { SetupError, type Step } from './steps.mjs';

const parts = [
  'crf-core',
  'workers',
  'electron',
  'renderer',
  'resources',
  'package.json',
  'package-lock.json',
];
const record = path.join(projectRoot, 'out', 'build.json');
const result = path.join(projectRoot, 'out', 'main', 'main.js');

interface BuildRecord {
  hash: string;
  records: FileRecords;
}

export function buildStep(): Step {
  return {
    name: 'build',
    async run() {
      const before = readRecord();
      const now = fingerprint(projectRoot, parts, before?.records);
      const fresh = before?.hash === now.hash && existsSync(result);
      if (!fresh) {
        rmSync(record, { force: true });
        await build();
      }
      if (!fresh || JSON.stringify(before.records) !== JSON.stringify(now.records)) writeRecord(now);
      const checkout = readCheckout();
      const placed = checkout ? placeApp(checkout, now.hash) : false;
      return { did: !fresh || placed, note: fresh ? 'out/ is as the sources' : 'out/ made from the sources' };
    },
  };
}

function build(): Promise<void> {
  const program = packageFile('electron-vite', 'bin/electron-vite.js');
  return new Promise((resolve, reject) => {
    const args = [program, 'build', '--config', 'electron/electron.vite.config.ts', '--logLevel', 'warn'];
    const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve();
      reject(
        new SetupError(
          `the sources could not be built:\n${said.trim().split('\n').slice(0, 20).join('\n')}`,
          'mend the named file; npm run types shows type errors, npm run build the whole output',
        ),
      );
    });
  });
}

function readRecord(): BuildRecord | undefined {
  try {
    return JSON.parse(readFileSync(record, 'utf8')) as BuildRecord;
  } catch {
    return undefined;
  }
}

function writeRecord(made: BuildRecord): void {
  mkdirSync(path.dirname(record), { recursive: true });
  writeFileSync(record, JSON.stringify(made));
}
