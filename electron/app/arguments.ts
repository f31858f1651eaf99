import { parseArgs } from 'node:util';

export interface AppArguments {
  /** Workspace to open at the start. */
  readonly workspace: string | null;
  /** Open the shipped sample, copied to the user's data folder on first use. */
  readonly sample: boolean;
  /** Folder for settings and logs, instead of the system's usual one. */
  readonly userData: string | null;
}

/**
 * Reads what was given on the command line. Chromium's own switches stand in the same list, so whatever is not
 * ours is passed over; a lone `*.medspan` file is what a double click on a workspace gives.
 */
export function readArguments(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): AppArguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    options: {
      workspace: { type: 'string' },
      sample: { type: 'boolean' },
      'user-data': { type: 'string' },
    },
  });
  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
  return {
    workspace: text(values.workspace) ?? positionals.find((word) => word.endsWith('.medspan')) ?? null,
    sample: values.sample === true,
    userData: text(values['user-data']) ?? text(environment['MEDSPAN_USER_DATA']),
  };
}
