import type { ErrorCode } from '../api/errors.ts';

/** What a script can tell from how the command ended. */
export const exitCodes = {
  done: { code: 0, meaning: 'done' },
  failed: { code: 1, meaning: 'it could not be done; the message says why' },
  usage: { code: 2, meaning: 'the command line or an input is wrong' },
  workspace: {
    code: 3,
    meaning: 'the workspace cannot be opened: missing, locked, newer, foreign, damaged, wrong key',
  },
  refused: { code: 4, meaning: 'a rule forbids it, such as a red gate' },
  disk: { code: 5, meaning: 'the disk is full or may not be written' },
  defect: { code: 70, meaning: 'a defect of Medspan' },
  cancelled: { code: 130, meaning: 'cancelled with Ctrl-C' },
} as const;

const byError: Partial<Record<ErrorCode, keyof typeof exitCodes>> = {
  BAD_INPUT: 'usage',
  UNKNOWN_METHOD: 'usage',
  NO_WORKSPACE: 'workspace',
  WORKSPACE_LOCKED: 'workspace',
  WORKSPACE_NEWER: 'workspace',
  WORKSPACE_FOREIGN: 'workspace',
  WORKSPACE_DAMAGED: 'workspace',
  WORKSPACE_KEY: 'workspace',
  NOT_ALLOWED: 'refused',
  READ_ONLY: 'disk',
  DISK_FULL: 'disk',
  CANCELLED: 'cancelled',
  INTERNAL: 'defect',
};

export function exitCodeOf(code: ErrorCode): number {
  return exitCodes[byError[code] ?? 'failed'].code;
}
