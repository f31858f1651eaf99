import type { Protection } from '../../../workers/api/workspace.ts';

export interface NewWorkspace {
  readonly path: string;
  readonly protection: Protection;
  readonly passphrase: string;
  readonly repeated: string;
}

/** Characters that one of the three systems forbids in a file name. */
const forbidden = /[\\/:*?"<>|]/;

/** Why a name cannot be a file's, or null. */
export function nameProblem(name: string): string | null {
  const trimmed = name.trim();
  if (trimmed === '') return 'Give the workspace a name.';
  if (forbidden.test(trimmed)) return 'A name cannot hold \\ / : * ? " < > |.';
  if (trimmed.startsWith('.') || trimmed.length > 120)
    return 'A name has at most 120 characters and begins with no dot.';
  return null;
}

export function pathIn(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return `${folder.replace(/[\\/]+$/, '')}${separator}${name.trim()}.medspan`;
}

/** What stands in the way of the passphrase, or null. */
export function passphraseProblem({ protection, passphrase, repeated }: NewWorkspace): string | null {
  if (protection !== 'passphrase') return null;
  if ([...passphrase].length < 8) return 'A passphrase has at least 8 characters; four words are better.';
  return passphrase === repeated ? null : 'The two passphrases differ.';
}
