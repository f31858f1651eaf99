import type { ErrorCode } from '../../workers/api/errors.ts';

/**
 * A sentence that names the way out where the message of the engine cannot know it, because it depends on the
 * screen. Null where the message says all there is to say.
 */
export function wayOut(code: ErrorCode): string | null {
  switch (code) {
    case 'ENGINE_DOWN':
      return 'Try again when the banner at the top is gone.';
    case 'COMPUTE_DOWN':
      return 'Nothing stored has changed; start it again.';
    case 'INTERNAL':
      return 'Try again; if it happens twice, restart Medspan.';
    case 'NOT_FOUND':
      return 'It may have been removed; go back to the list.';
    case 'DISK_FULL':
      return 'Free some space on the disk, then try again.';
    case 'NO_WORKSPACE':
      return 'Open a workspace first.';
    default:
      return null;
  }
}

const titles: Readonly<Partial<Record<ErrorCode, string>>> = {
  BAD_INPUT: 'The input was not accepted',
  NOT_FOUND: 'Not there any more',
  CONFLICT: 'In conflict with what is stored',
  NOT_ALLOWED: 'Not possible now',
  ENGINE_DOWN: 'The engine is not running',
  COMPUTE_DOWN: 'The computation ended early',
  DISK_FULL: 'The disk is full',
  READ_ONLY: 'The place cannot be written',
  BAD_FILE: 'The file cannot be read',
  BAD_MODEL: 'The model fails its checks',
  CANNOT_COMPUTE: 'Cannot be computed',
  UNKNOWN_METHOD: 'Not available in this build',
};

export function errorTitle(code: ErrorCode): string {
  return titles[code] ?? 'This did not work';
}
