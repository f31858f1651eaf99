import type { TaskRunner } from './context.ts';
import { copyEncrypted } from '../storage/backup.ts';
import type { copyEncryptedTask } from './file-tasks.ts';

export const run: TaskRunner<typeof copyEncryptedTask> = ({ path, key, to }) => {
  copyEncrypted(path, key, to);
  return null;
};
