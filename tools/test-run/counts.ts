/** How many tests passed, failed and were skipped, from what each runner writes down. */
import { readFileSync } from 'node:fs';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const nothing: Counts = { passed: 0, failed: 0, skipped: 0 };

export function add(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

interface UnitReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  success: boolean;
}

interface WindowReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors?: unknown[];
}

/** A file that could not even be loaded holds no test to count, but it is a failure. */
export function countUnit(report: UnitReport): Counts {
  const failed = report.numFailedTests;
  return {
    passed: report.numPassedTests,
    failed: !report.success && failed === 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** A test that passes only at the second try has failed. */
export function countWindow(report: WindowReport): Counts {
  const failed = report.stats.unexpected + report.stats.flaky;
  return {
    passed: report.stats.expected,
    failed: failed + (report.errors?.length ?? 0),
    skipped: report.stats.skipped,
  };
}

/** Reads a runner's report; one that is missing means that the runner itself broke down. */
export function readCounts<Report>(file: string, count: (report: Report) => Counts, ok: boolean): Counts {
  let counts = nothing;
  try {
    counts = count(JSON.parse(readFileSync(file, 'utf8')) as Report);
  } catch {
    return { ...nothing, failed: 1 };
  }
  return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

/** The last line of every test run. */
export function summary(counts: Counts): string {
  return `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
}
