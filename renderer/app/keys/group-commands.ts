import type { Command } from '../../ui/commands/registry.ts';

/** What the open screen offers is why the sheet was opened; the frame's own commands come last. */
const last = ['Go', 'Workspace', 'General'];

export function groupOf(command: Command): string {
  return command.group ?? 'This screen';
}

export function groupRank(command: Command): number {
  return last.indexOf(groupOf(command)) + 1;
}

/** Commands under their headings; of one id only the newest, as that is the one that runs. */
export function groupCommands(
  list: readonly Command[],
  filter: string,
): readonly (readonly [string, readonly Command[]])[] {
  const wanted = filter.trim().toLowerCase();
  const newest = [...new Map(list.map((command) => [command.id, command])).values()];
  const groups = new Map<string, Command[]>();
  for (const command of newest.toSorted((a, b) => groupRank(a) - groupRank(b))) {
    if (!command.title.toLowerCase().includes(wanted)) continue;
    const group = groupOf(command);
    groups.set(group, [...(groups.get(group) ?? []), command]);
  }
  return [...groups];
}
