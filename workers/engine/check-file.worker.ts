import type { TaskRunner } from './context.ts';
import type { checkFileTask } from './file-tasks.ts';
import { checkFile } from '../storage/integrity.ts';

export const run: TaskRunner<typeof checkFileTask> = ({ path, key }) => {
  checkFile(path, key);
  return null;
};
