import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { Command } from './registry.ts';
import { commands } from './registry.ts';

/**
 * Offers commands while the component is mounted. Closures may change on each render: the registry always runs the
 * newest, and is told anew only when what it shows (ids, titles, keys) changes.
 */
export function useCommands(list: readonly Command[]): void {
  const latest = useRef(list);
  useEffect(() => {
    latest.current = list;
  });
  const shown = JSON.stringify(
    list.map(({ id, title, group, keys, everywhere, keysOnly }) => ({
      id,
      title,
      group,
      keys,
      everywhere,
      keysOnly,
    })),
  );
  useEffect(() => {
    const find = (id: string): Command | undefined => latest.current.find((command) => command.id === id);
    const stable = (JSON.parse(shown) as Omit<Command, 'run' | 'when'>[]).map((command): Command => ({
      ...command,
      run: () => find(command.id)?.run(),
      when: () => {
        const current = find(command.id);
        return current !== undefined && (current.when?.() ?? true);
      },
    }));
    return commands.add(stable);
  }, [shown]);
}

/** Everything that is offered now. */
export function useCommandList(): readonly Command[] {
  return useSyncExternalStore(commands.subscribe, commands.list);
}
