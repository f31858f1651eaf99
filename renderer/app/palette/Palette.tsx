import { Dialog } from '@blueprintjs/core';
import type { KeyboardEvent } from 'react';
import { useState } from 'react';
import type { Json } from '../../../workers/api/common.ts';
import { groupOf, groupRank } from '../keys/group-commands.ts';
import { KeyHint } from '../../ui/commands/KeyHint.tsx';
import type { Command } from '../../ui/commands/registry.ts';
import { commands } from '../../ui/commands/registry.ts';
import { useCommandList } from '../../ui/commands/use-commands.ts';
import { navigate } from '../../ui/navigation.ts';
import { usePreference } from '../../ui/preferences.ts';
import { bestMatches } from './match.ts';
import { useSearch } from './use-search.ts';
import './palette.css';

interface Entry {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly detail?: string;
  readonly keys: readonly string[];
  readonly run: () => void;
}

const isStrings = (value: Json): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');
const none: string[] = [];

/** Type to find a command, a note or a run; arrows choose, Enter does it. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const [recent, setRecent] = usePreference<string[]>('palette.recent', none, isStrings);
  const list = useCommandList();
  const groups = useSearch(query);
  const entries = [
    ...commandEntries(list, recent, query, (id) =>
      setRecent([id, ...recent.filter((each) => each !== id)].slice(0, 8)),
    ),
    ...groups.flatMap(({ title, hits }) =>
      hits.map((hit): Entry => ({
        id: hit.id,
        group: title,
        title: hit.title,
        keys: [],
        run: () => navigate(hit.path),
        ...(hit.detail === undefined ? {} : { detail: hit.detail }),
      })),
    ),
  ];
  const current = Math.min(active, entries.length - 1);
  const run = (entry: Entry | undefined): void => {
    if (entry === undefined) return;
    onClose();
    // After the dialog has given the focus back, so that what runs may move it.
    setTimeout(entry.run);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const last = entries.length - 1;
    if (event.key === 'ArrowDown') setActive(current >= last ? 0 : current + 1);
    else if (event.key === 'ArrowUp') setActive(current <= 0 ? last : current - 1);
    else if (event.key === 'Home') setActive(0);
    else if (event.key === 'End') setActive(last);
    else if (event.key === 'Enter') run(entries[current]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      className="palette"
      aria-labelledby="palette-name"
      transitionDuration={0}
    >
      <h2 id="palette-name" className="visually-hidden">
        Command palette
      </h2>
      <input
        className="palette-input"
        role="combobox"
        aria-label="Search commands, notes and runs"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={current >= 0 ? `palette-${current}` : undefined}
        placeholder="A command, a note’s id, a run’s name"
        ref={focusOnce}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id="palette-list" role="listbox" aria-label="Results" className="palette-list">
        {entries.map((entry, index) => (
          <div
            key={`${entry.group} ${entry.id}`}
            id={`palette-${index}`}
            ref={(element) => {
              if (index === current) element?.scrollIntoView({ block: 'nearest' });
            }}
            role="option"
            aria-selected={index === current}
            className="palette-entry"
            onMouseMove={() => index !== current && setActive(index)}
            onClick={() => run(entry)}
          >
            <span className="palette-group">
              {entries[index - 1]?.group === entry.group ? '' : entry.group}
            </span>
            <span className="palette-title">{entry.title}</span>
            {entry.detail !== undefined && <span className="palette-detail">{entry.detail}</span>}
            {entry.keys[0] !== undefined && <KeyHint combo={entry.keys[0]} />}
          </div>
        ))}
      </div>
      {entries.length === 0 && (
        <p className="palette-none" role="status">
          Nothing is called “{query}”.
        </p>
      )}
    </Dialog>
  );
}

/** Stable, so that React calls it once, when the field is there. */
function focusOnce(field: HTMLInputElement | null): void {
  field?.focus();
}

function commandEntries(
  list: readonly Command[],
  recent: readonly string[],
  query: string,
  used: (id: string) => void,
): readonly Entry[] {
  const newest = new Map(list.map((command) => [command.id, command]));
  const offered = [...newest.values()].filter(
    (command) => command.keysOnly !== true && (command.when?.() ?? true),
  );
  const rank = (command: Command): number => {
    const at = recent.indexOf(command.id);
    return at < 0 ? recent.length + 1 + groupRank(command) : at;
  };
  const ordered = offered.toSorted((a, b) => rank(a) - rank(b));
  return bestMatches(query, ordered, ({ title }) => title, 40).map((command) => ({
    id: command.id,
    group: query.trim() === '' && recent.includes(command.id) ? 'Recent' : groupOf(command),
    title: command.title,
    keys: commands.keysOf(command),
    run: () => {
      used(command.id);
      command.run();
    },
  }));
}
