import { MedspanError } from '../api/errors.ts';
import type { TaskDefinition, TaskState } from '../api/pipelines.ts';

/**
 * The tasks in an order in which each comes after all it waits for. Refuses circles, names that stand twice and
 * names that stand nowhere.
 */
export function inOrder(tasks: readonly TaskDefinition[]): readonly TaskDefinition[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  if (byId.size !== tasks.length) throw invalid('two of its tasks have the same name');
  const ordered: TaskDefinition[] = [];
  const marks = new Map<string, 'open' | 'done'>();
  const visit = (task: TaskDefinition): void => {
    if (marks.get(task.id) === 'done') return;
    if (marks.get(task.id) === 'open') throw invalid(`task ${task.id} waits for itself`);
    marks.set(task.id, 'open');
    for (const name of task.after) {
      const earlier = byId.get(name);
      if (earlier === undefined) throw invalid(`task ${task.id} waits for ${name}, which is not there`);
      visit(earlier);
    }
    marks.set(task.id, 'done');
    ordered.push(task);
  };
  for (const task of tasks) visit(task);
  return ordered;
}

/** Everything that waits, near or far, for one of these tasks, and these tasks themselves. */
export function downstream(tasks: readonly TaskDefinition[], from: string): ReadonlySet<string> {
  const found = new Set([from]);
  for (const task of inOrder(tasks)) {
    if (task.after.some((name) => found.has(name))) found.add(task.id);
  }
  return found;
}

/** What becomes of a task that has not run, from the states of those it waits for. */
export function readiness(
  task: TaskDefinition,
  states: ReadonlyMap<string, TaskState>,
): 'ready' | 'waiting' | 'upstream_failed' {
  const before = task.after.map((name) => states.get(name) ?? 'none');
  if (before.some((state) => state === 'failed' || state === 'upstream_failed')) return 'upstream_failed';
  return before.every((state) => state === 'success' || state === 'skipped') ? 'ready' : 'waiting';
}

function invalid(why: string): MedspanError {
  return new MedspanError('BAD_INPUT', `The pipeline cannot run: ${why}. Correct its definition.`);
}
