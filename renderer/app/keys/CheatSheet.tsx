import { Button, Dialog, DialogBody, InputGroup } from '@blueprintjs/core';
import { useEffect, useState } from 'react';
import { KeyHint } from '../../ui/commands/KeyHint.tsx';
import { comboOf } from '../../ui/commands/keys.ts';
import type { Command } from '../../ui/commands/registry.ts';
import { commands } from '../../ui/commands/registry.ts';
import { useCommandList } from '../../ui/commands/use-commands.ts';
import { groupCommands } from './group-commands.ts';
import { bindKeys } from './hotkeys.ts';
import './cheat-sheet.css';

/** Every command that is offered now with its keys, and the place to give it others. */
export function CheatSheet({ onClose }: { readonly onClose: () => void }) {
  const list = useCommandList();
  const [filter, setFilter] = useState('');
  const [binding, setBinding] = useState<string | null>(null);
  const groups = groupCommands(list, filter);
  const endBinding = (id: string): void => {
    setBinding(null);
    // The button that had the focus made way for the capture; it is back after the next paint.
    requestAnimationFrame(() => document.getElementById(`change-${id}`)?.focus());
  };
  return (
    <Dialog
      isOpen
      title="Keys"
      onClose={onClose}
      className="cheat-sheet"
      canEscapeKeyClose={binding === null}
    >
      <DialogBody>
        <InputGroup
          autoFocus
          leftIcon="search"
          placeholder="Filter"
          aria-label="Filter commands"
          value={filter}
          onValueChange={setFilter}
        />
        <p className="muted cheat-sheet-note">
          These hold on the screen that is open now. Keys rest while you type in a field or compose a
          character.
        </p>
        {groups.map(([group, members]) => (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            <ul>
              {members.map((command) => (
                <li key={command.id}>
                  <span className="cheat-sheet-title">{command.title}</span>
                  {binding === command.id ? (
                    <Capture command={command} others={list} onDone={() => endBinding(command.id)} />
                  ) : (
                    <>
                      <span className="cheat-sheet-keys">
                        {commands.keysOf(command).map((combo) => (
                          <KeyHint key={combo} combo={combo} />
                        ))}
                      </span>
                      {commands.bindings[command.id] !== undefined && (
                        <Button
                          size="small"
                          variant="minimal"
                          icon="reset"
                          aria-label={`Usual keys for ${command.title}`}
                          title="Back to the usual keys"
                          onClick={() => bindKeys(command.id, null)}
                        />
                      )}
                      <Button
                        size="small"
                        variant="minimal"
                        id={`change-${command.id}`}
                        className="cheat-sheet-change"
                        text="Change"
                        aria-label={`Change the keys of ${command.title}`}
                        onClick={() => setBinding(command.id)}
                      />
                    </>
                  )}
                </li>
              ))}
            </ul>
          </section>
        ))}
        {groups.length === 0 && <p className="muted">No command matches “{filter}”.</p>}
      </DialogBody>
    </Dialog>
  );
}

interface CaptureProps {
  readonly command: Command;
  readonly others: readonly Command[];
  readonly onDone: () => void;
}

/** Takes the next combination that is pressed; Escape leaves it as it was. */
function Capture({ command, others, onDone }: CaptureProps) {
  const [taken, setTaken] = useState<string | null>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      event.preventDefault();
      event.stopPropagation();
      if (event.key === 'Escape') return onDone();
      const combo = comboOf(event);
      if (combo === null) return;
      const holder = others.find(
        (other) => other.id !== command.id && commands.keysOf(other).includes(combo),
      );
      if (holder !== undefined) return setTaken(holder.title);
      bindKeys(command.id, [combo]);
      onDone();
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, [command, others, onDone]);
  return (
    <span role="status" className="cheat-sheet-capture">
      {taken === null ? 'Press the new keys, or Esc' : `Those belong to “${taken}”. Press others, or Esc`}
    </span>
  );
}
