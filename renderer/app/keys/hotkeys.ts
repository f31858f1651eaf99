import type { Json } from '../../../workers/api/common.ts';
import { commands } from '../../ui/commands/registry.ts';

const preferenceKey = 'keys';

const isBindings = (value: Json): value is Record<string, string[]> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((keys) => Array.isArray(keys) && keys.every((key) => typeof key === 'string'));

/**
 * The one key listener of the window. It stands behind every component (bubbling), so a list or a menu that has used a
 * key itself has stopped it before it comes here.
 */
export function startHotkeys(): () => void {
  void window.medspan.preference(preferenceKey).then((kept) => {
    if (isBindings(kept)) commands.setBindings(kept);
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    const command = commands.commandFor(event);
    if (command === null) return;
    event.preventDefault();
    command.run();
  };
  document.addEventListener('keydown', onKeyDown);
  const stopMenu = window.medspan.onMenuCommand((id) => {
    if ((id === 'edit.undo' || id === 'edit.redo') && isTextField(document.activeElement)) {
      document.execCommand(id === 'edit.undo' ? 'undo' : 'redo');
    } else {
      commands.run(id);
    }
  });
  return () => {
    document.removeEventListener('keydown', onKeyDown);
    stopMenu();
  };
}

function isTextField(element: Element | null): boolean {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
}

/** Keeps other keys for a command; null goes back to its own. */
export function bindKeys(commandId: string, keys: readonly string[] | null): void {
  const bindings: Record<string, readonly string[]> = { ...commands.bindings };
  if (keys === null) delete bindings[commandId];
  else bindings[commandId] = keys;
  commands.setBindings(bindings);
  void window.medspan.setPreference(preferenceKey, bindings);
}
