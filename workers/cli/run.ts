import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { MedspanError, toEnvelope } from '../api/errors.ts';
import type { FillSample } from '../engine/engine-options.ts';
import type { WorkspaceClient } from '../engine/workspace-client.ts';
import { connectWorkspace } from '../engine/workspace-client.ts';
import { findCommand, leadingWords, parseCommand, UsageError } from './arguments.ts';
import type { Command, CommandInput, CommandResult, CommandSession } from './command.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { commandHelp, overview } from './help.ts';
import { followJob, progressLine } from './progress.ts';

export interface CommandEnvironment {
  readonly commands: readonly Command[];
  readonly computeEntry: URL;
  readonly fillSample: FillSample;
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether stderr is a terminal, where a line can be written over. */
  readonly interactive: boolean;
}

/** The workspace itself could not be opened. */
class OpenError extends Error {
  constructor(cause: unknown) {
    super('the workspace could not be opened', { cause });
  }
}

/** Carries out one command line and gives its exit code. */
export async function runCommandLine(argv: readonly string[], world: CommandEnvironment): Promise<number> {
  const words = leadingWords(argv);
  const command = findCommand(words, world.commands);
  if (command === undefined) {
    const help = words.length === 0 || words[0] === 'help';
    const lines = help
      ? overview(world.commands)
      : [`There is no command “${words[0] ?? ''}”. Try: medspan --help`];
    (help ? world.out : world.err)(`${lines.join('\n')}\n`);
    // Without a word the help is an answer, but nothing was done.
    return help && argv.length > 0 ? exitCodes.done.code : exitCodes.usage.code;
  }
  const json = argv.includes('--json');
  try {
    const input = parseCommand(command, argv);
    if (input.flag('help')) {
      world.out(`${commandHelp(command).join('\n')}\n`);
      return exitCodes.done.code;
    }
    const result = await carryOut(command, input, world);
    const text = json ? JSON.stringify(result.data ?? null) : result.lines.join('\n');
    world.out(`${text}\n`);
    return result.refused === true ? exitCodes.refused.code : exitCodes.done.code;
  } catch (thrown) {
    const error = thrown instanceof OpenError ? thrown.cause : thrown;
    if (error instanceof UsageError) {
      world.err(`${error.message}\nTry: medspan ${command.name} --help\n`);
      return exitCodes.usage.code;
    }
    const envelope = toEnvelope(error);
    world.err(`${json ? JSON.stringify({ error: envelope }) : envelope.message}\n`);
    if (world.signal.aborted) return exitCodes.cancelled.code;
    // A file that is not there is a common failure; a workspace that is not there is one of the workspace.
    if (thrown instanceof OpenError && envelope.code === 'NOT_FOUND') return exitCodes.workspace.code;
    return exitCodeOf(envelope.code);
  }
}

async function carryOut(
  command: Command,
  input: CommandInput,
  world: CommandEnvironment,
): Promise<CommandResult> {
  const given = input.text('workspace') ?? world.env['MEDSPAN_WORKSPACE'];
  if (given === undefined) throw new UsageError('Say which workspace with --workspace FILE.medspan.');
  const workspace = resolve(given);
  const secrets = readSecrets(input, world.env);
  const client = await connectWorkspace(workspace, world);
  try {
    if (command.needsWorkspace !== false && !client.attached) {
      await client.call('workspace.open', { path: workspace, ...secrets }).catch((error: unknown) => {
        throw new OpenError(error);
      });
    }
    return await command.run(createSession(client, workspace, secrets, input, world), input);
  } finally {
    await client.close();
  }
}

function createSession(
  client: WorkspaceClient,
  workspace: string,
  secrets: CommandSession['secrets'],
  input: CommandInput,
  world: CommandEnvironment,
): CommandSession {
  const quiet = input.flag('quiet');
  let shown = '';
  return {
    workspace,
    secrets,
    signal: world.signal,
    call: (method, value) => client.call(method, value, world.signal),
    callAny: (method, value) => client.callAny(method, value, world.signal),
    path: (path) => resolve(path),
    say(line) {
      if (!quiet) world.err(`${line}\n`);
    },
    async follow(jobId) {
      try {
        return await followJob(client, jobId, world.signal, (job) => {
          const line = progressLine(job);
          if (quiet || line === shown) return;
          shown = line;
          world.err(world.interactive ? `\r${line}\u001B[K` : `${line}\n`);
        });
      } finally {
        if (!quiet && world.interactive) world.err('\n');
      }
    },
  };
}

/** Secrets come from files or the environment: what stands on a command line can be read by everybody. */
function readSecrets(input: CommandInput, env: CommandEnvironment['env']): CommandSession['secrets'] {
  const passphrase = readSecret(input.text('passphrase-file')) ?? env['MEDSPAN_PASSPHRASE'];
  const recoveryKey = readSecret(input.text('recovery-key-file'));
  return {
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(recoveryKey === undefined ? {} : { recoveryKey }),
  };
}

function readSecret(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw new MedspanError(
      'NOT_FOUND',
      `The file “${file}” cannot be read.`,
      { path: file },
      { cause: error },
    );
  }
}
