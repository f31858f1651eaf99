import type { Command } from '../../ui/commands/registry.ts';

/** Commands under their headings; of one id only the newest, as that is the one that runs. */
export function groupCommands(
  list: readonly Command[],
  filter: string,
): readonly (readonly [string, readonly Command[]])[] {
  const wanted = filter.trim().toLowerCase();
  const newest = new Map(list.map((command) => [command.id, command]));
  const groups = new Map<string, Command[]>();
  for (const command of newest.values()) {
    if (!command.title.toLowerCase().includes(wanted)) continue;
    const group = command.group ?? 'This screen';
    groups.set(group, [...(groups.get(group) ?? []), command]);
  }
  // What the open screen offers is why the sheet was opened; the frame's own commands come last.
  const last = ['Go', 'Workspace', 'General'];
  return [...groups].toSorted(([a], [b]) => last.indexOf(a) - last.indexOf(b));
}
