/** The parts of a test run, and how one is carried out and told about. */
import { formatDuration, SetupError } from '../setup/steps.mjs';
import type { Counts } from './counts.ts';
import { table } from './table.ts';

export interface PartResult {
  readonly ok: boolean;
  readonly counts: Counts;
  /** Shown when it failed. */
  readonly output: string;
}

export interface Part {
  readonly name: string;
  run(): Promise<PartResult>;
}

export interface FinishedPart extends PartResult {
  readonly name: string;
  readonly milliseconds: number;
}

type Write = (line: string) => void;

const toTerminal: Write = (line) => void process.stdout.write(`${line}\n`);

/** Runs the lanes side by side, and the parts of a lane one after the other. */
export async function runLanes(
  lanes: readonly (readonly Part[])[],
  write: Write = toTerminal,
): Promise<FinishedPart[]> {
  const lane = async (parts: readonly Part[]) => {
    const finished: FinishedPart[] = [];
    for (const part of parts) finished.push(await runPart(part, write));
    return finished;
  };
  return (await Promise.all(lanes.map(lane))).flat();
}

async function runPart(part: Part, write: Write): Promise<FinishedPart> {
  const start = performance.now();
  let result: PartResult;
  try {
    result = await part.run();
  } catch (error) {
    const output =
      error instanceof SetupError
        ? `${error.message}\nway out: ${error.wayOut}`
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error);
    result = { ok: false, counts: { passed: 0, failed: 1, skipped: 0 }, output };
  }
  const milliseconds = performance.now() - start;
  write(`${result.ok ? '✓' : '✗'} ${part.name.padEnd(10)} ${formatDuration(milliseconds)}`);
  if (!result.ok) write(`\n${shortened(result.output)}\n`);
  return { ...result, name: part.name, milliseconds };
}

/** One line a part: what came out, how long it took, how much was tested. */
export function partsTable(parts: readonly FinishedPart[]): string {
  const rows = parts.map(({ name, ok, milliseconds, counts }) => [
    name,
    ok ? 'ok' : 'FAILED',
    formatDuration(milliseconds),
    String(counts.passed),
    String(counts.failed),
    String(counts.skipped),
  ]);
  return table([['part', 'result', 'time', 'passed', 'failed', 'skipped'], ...rows], [2, 3, 4, 5]);
}

const mostLines = 150;

/** A failure's output as far as a person reads it; all of it stands in out/test. */
export function shortened(output: string): string {
  const lines = output.trim().split('\n');
  if (lines.length <= mostLines) return lines.join('\n');
  const half = mostLines / 2;
  return [
    ...lines.slice(0, half),
    `… ${lines.length - mostLines} more lines, all in out/test …`,
    ...lines.slice(-half),
  ].join('\n');
}
