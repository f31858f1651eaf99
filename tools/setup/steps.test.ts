import { expect, test } from 'vitest';
import { formatDuration, runSteps, SetupError, StepFailed, type Step } from './steps.mjs';

const step = (name: string, did: boolean): Step => ({ name, run: () => ({ did, note: `${name} is there` }) });

async function linesOf(steps: Step[], quiet = false): Promise<{ lines: string[]; failure: unknown }> {
  const lines: string[] = [];
  let failure: unknown;
  await runSteps(steps, { write: (line) => lines.push(line), quiet }).catch(
    (error: unknown) => (failure = error),
  );
  return { lines, failure };
}

test('each step prints one line with its name, time and note', async () => {
  const { lines } = await linesOf([step('packages', false), step('electron', true)]);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^ {2}packages +\d+ ms {2}packages is there$/);
  expect(lines[1]).toMatch(/^ {2}electron +\d+ ms {2}electron is there$/);
});

test('a quiet run tells only of what was done', async () => {
  const { lines } = await linesOf([step('packages', false), step('electron', true)], true);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('electron');
});

test('a failed step names itself, its cause and the way out, and stops the rest', async () => {
  const failing: Step = {
    name: 'libraries',
    run: () => {
      throw new SetupError('the system lacks libnss3\nand Xvfb', 'sudo apt-get install -y libnss3 xvfb');
    },
  };
  const { lines, failure } = await linesOf([failing, step('build', true)]);
  expect(lines).toEqual([
    '✗ set-up step "libraries" failed',
    '  cause:   the system lacks libnss3',
    '           and Xvfb',
    '  way out: sudo apt-get install -y libnss3 xvfb',
  ]);
  expect(failure).toBeInstanceOf(StepFailed);
});

test('an error nobody foresaw keeps its stack', async () => {
  const { lines } = await linesOf([{ name: 'sqlite', run: () => Promise.reject(new Error('surprise')) }]);
  expect(lines.join('\n')).toContain('cause:   surprise');
  expect(lines.join('\n')).toContain('steps.test.ts');
});

test.each([
  [0.4, '0 ms'],
  [999, '999 ms'],
  [1500, '1.5 s'],
  [99_000, '99.0 s'],
  [125_000, '2 m 5 s'],
  [179_900, '3 m 0 s'],
])('%d milliseconds read as %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});
