import { parseArgs } from 'node:util';
import type { Command, CommandInput, OptionSpec } from './command.ts';

/** What is wrong with a command line, in a sentence. */
export class UsageError extends Error {}

/** Options that every command takes. */
export const commonOptions: Readonly<Record<string, OptionSpec>> = {
  workspace: { short: 'w', value: 'PATH', help: 'the workspace; else MEDSPAN_WORKSPACE' },
  json: { type: 'boolean', help: 'print one JSON value on stdout' },
  quiet: { type: 'boolean', short: 'q', help: 'no progress on stderr' },
  help: { type: 'boolean', short: 'h', help: 'this help' },
  'passphrase-file': {
    value: 'PATH',
    help: 'file with the passphrase of an encrypted workspace; else MEDSPAN_PASSPHRASE',
  },
  'recovery-key-file': { value: 'PATH', help: 'file with its recovery key' },
};

export interface CommandLine {
  readonly command: Command;
  readonly input: CommandInput;
}

/** Finds the command that the first one or two words name. */
export function findCommand(words: readonly string[], commands: readonly Command[]): Command | undefined {
  const byName = (name: string): Command | undefined => commands.find((command) => command.name === name);
  return byName(words.slice(0, 2).join(' ')) ?? byName(words[0] ?? '');
}

/** Words before the first option: with them the command is found before its options are known. */
export function leadingWords(argv: readonly string[]): readonly string[] {
  const end = argv.findIndex((argument) => argument.startsWith('-'));
  return end < 0 ? argv : argv.slice(0, end);
}

export function parseCommand(command: Command, argv: readonly string[]): CommandInput {
  const specs: Readonly<Record<string, OptionSpec>> = { ...commonOptions, ...command.options };
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({
      args: argv.slice(command.name.split(' ').length),
      allowPositionals: true,
      options: Object.fromEntries(
        Object.entries(specs).map(([name, { type = 'string', short, multiple }]) => [
          name,
          { type, ...(short === undefined ? {} : { short }), ...(multiple === true ? { multiple } : {}) },
        ]),
      ),
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  if (values['help'] !== true) checkCount(command, positionals.length);

  const text = (option: string): string | undefined => {
    const value = values[option];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    arguments: positionals,
    text,
    list(option) {
      const value = values[option];
      return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
    },
    flag: (option) => values[option] === true,
    number(option) {
      const value = text(option);
      if (value === undefined) return undefined;
      const number = Number(value);
      if (value.trim() === '' || !Number.isFinite(number))
        throw new UsageError(`--${option} needs a number.`);
      return number;
    },
    id(position) {
      const number = Number(positionals[position]);
      if (!Number.isInteger(number) || number <= 0) {
        throw new UsageError(
          `${command.arguments?.[position] ?? 'The id'} needs to be a whole number above 0.`,
        );
      }
      return number;
    },
  };
}

function checkCount(command: Command, count: number): void {
  const names = command.arguments ?? [];
  const least = names.filter((name) => !name.startsWith('[')).length;
  const most = names.some((name) => name.includes('…')) ? Number.POSITIVE_INFINITY : names.length;
  if (count < least)
    throw new UsageError(`“${command.name}” needs ${names.slice(count, least).join(' and ')}.`);
  if (count > most)
    throw new UsageError(`“${command.name}” takes ${most === 0 ? 'no arguments' : names.join(' ')}.`);
}
