import { toEnvelope, MedspanError } from '../api/errors.ts';
import type { ReadableDatabase } from '../storage/connection.ts';
import { openReader } from '../storage/connection.ts';
import { databaseError } from '../storage/storage-errors.ts';
import type { ComputeReport, ThreadRequest } from './compute-wire.ts';
import type { TaskThread } from './context.ts';
import { places } from './stack-places.ts';

/** Loads a task's module; its `run` does the work. */
export type TaskModules = Readonly<Record<string, () => Promise<{ readonly run: unknown }>>>;

/** Runs one task inside a thread, and reports how it went. Never throws. */
export async function runTask(
  request: ThreadRequest,
  tasks: TaskModules,
  report: (message: ComputeReport) => void,
): Promise<void> {
  const { id } = request;
  const flag = new Int32Array(request.cancel);
  let connection: ReadableDatabase | undefined;
  const thread: TaskThread<unknown> = {
    progress: (value) => report({ kind: 'progress', id, value }),
    cancelled: () => Atomics.load(flag, 0) !== 0,
    database() {
      if (request.workspace === null) {
        throw new MedspanError('NO_WORKSPACE', 'No workspace is open. Open or create one first.');
      }
      connection ??= openReader(request.workspace.path, { key: request.workspace.key });
      return connection;
    },
  };
  try {
    const load = Object.hasOwn(tasks, request.task) ? tasks[request.task] : undefined;
    if (load === undefined) throw new Error(`no task is registered as ${request.task}`);
    const { run } = (await load()) as { run: (input: unknown, thread: TaskThread<unknown>) => unknown };
    const output = await run(request.input, thread);
    connection?.close();
    connection = undefined;
    report({ kind: 'done', id, output });
  } catch (thrown) {
    const error = databaseError(thrown, request.workspace?.path);
    report({
      kind: 'failed',
      id,
      error: toEnvelope(error),
      defect:
        error instanceof MedspanError
          ? null
          : error instanceof Error
            ? { name: error.name, stack: places(error) }
            : { name: typeof error, stack: '' },
    });
  } finally {
    connection?.close();
  }
}
