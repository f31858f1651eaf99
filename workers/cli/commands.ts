import { callCommand } from './call-command.ts';
import type { Command } from './command.ts';
import { corpusCommands } from './corpus-commands.ts';
import { jobCommands } from './job-commands.ts';
import { monitoringCommands } from './monitoring-commands.ts';
import { pipelinesCommands } from './pipelines-commands.ts';
import { registryCommands } from './registry-commands.ts';
import { servingCommands } from './serving-commands.ts';
import { trainingCommands } from './training-commands.ts';
import { workspaceCommands } from './workspace-commands.ts';

/** Every verb, in the order of the help. */
export const commands: readonly Command[] = [
  ...workspaceCommands,
  ...corpusCommands,
  ...trainingCommands,
  ...registryCommands,
  ...servingCommands,
  ...monitoringCommands,
  ...pipelinesCommands,
  ...jobCommands,
  callCommand,
];
