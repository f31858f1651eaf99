import type { Json } from '../api/common.ts';
import type { Input, MethodName, Output } from '../api/index.ts';

/** One value on the command line. Options are strings unless they say otherwise. */
export interface OptionSpec {
  readonly type?: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  /** Shown in the help, such as `ID` or `PATH`. */
  readonly value?: string;
  readonly help: string;
}

/** A verb of the command line. An area keeps its own in `workers/cli/AREA-commands.ts`. */
export interface Command {
  /** One or two words, such as `import` or `workspace info`. */
  readonly name: string;
  readonly help: string;
  /** Names of the arguments in their order; `[NAME]` may be left out, `NAME…` takes all that follow. */
  readonly arguments?: readonly string[];
  readonly options?: Readonly<Record<string, OptionSpec>>;
  /** False for what does not need a workspace to be open. */
  readonly needsWorkspace?: boolean;
  run(session: CommandSession, input: CommandInput): Promise<CommandResult>;
}

export interface CommandInput {
  readonly arguments: readonly string[];
  text(option: string): string | undefined;
  list(option: string): readonly string[];
  flag(option: string): boolean;
  number(option: string): number | undefined;
  /** An argument that must be a whole number above 0. */
  id(position: number): number;
}

export interface CommandSession {
  /** The workspace's path, absolute. */
  readonly workspace: string;
  /** Signals that the person pressed Ctrl-C. */
  readonly signal: AbortSignal;
  call<Name extends MethodName>(method: Name, input: Input<Name>): Promise<Output<Name>>;
  callAny(method: string, input: unknown): Promise<unknown>;
  /** Shows a job's progress until it ends, and gives its result. Ctrl-C cancels the job. */
  follow(jobId: number): Promise<Json>;
  /** Passphrase and recovery key that were given, for acts on a file that is not open. */
  readonly secrets: { readonly passphrase?: string; readonly recoveryKey?: string };
  /** Makes a path of the command line absolute; another process may answer for it. */
  path(given: string): string;
  /** A line for a person, on stderr. */
  say(line: string): void;
}

/** What a command gives back: `data` is printed with --json, `lines` without. */
export interface CommandResult {
  readonly data: unknown;
  readonly lines: readonly string[];
  /** It was done, and the answer is no (a red gate): the command ends with the code for “refused”. */
  readonly refused?: boolean;
}
