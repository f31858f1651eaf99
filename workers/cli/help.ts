import { commonOptions } from './arguments.ts';
import type { Command, OptionSpec } from './command.ts';
import { exitCodes } from './exit-codes.ts';

/** The overview: every verb in a line, and what scripts need to know. */
export function overview(commands: readonly Command[]): string[] {
  const width = Math.max(...commands.map((command) => usage(command).length));
  return [
    'medspan — the workbench without its window',
    '',
    'Usage: medspan COMMAND [arguments] --workspace FILE.medspan [--json]',
    '',
    'If the app has the workspace open, the command is carried out by the app.',
    '',
    ...commands.map((command) => `  ${usage(command).padEnd(width)}  ${command.help}`),
    '',
    'Options of every command:',
    ...optionLines(commonOptions),
    '',
    'Exit codes:',
    ...Object.values(exitCodes).map(({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`),
  ];
}

export function commandHelp(command: Command): string[] {
  return [
    `Usage: medspan ${usage(command)}`,
    '',
    command.help,
    '',
    'Options:',
    ...optionLines({ ...command.options, ...commonOptions }),
  ];
}

function usage(command: Command): string {
  return [command.name, ...(command.arguments ?? [])].join(' ');
}

function optionLines(options: Readonly<Record<string, OptionSpec>>): string[] {
  const names = Object.entries(options).map(
    ([name, spec]) =>
      `${spec.short === undefined ? '    ' : `-${spec.short}, `}--${name}${spec.value === undefined ? '' : ` ${spec.value}`}`,
  );
  const width = Math.max(...names.map((name) => name.length));
  return Object.values(options).map((spec, at) => `  ${(names[at] ?? '').padEnd(width)}  ${spec.help}`);
}
