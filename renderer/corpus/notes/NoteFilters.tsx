import { Button, HTMLSelect, InputGroup } from '@blueprintjs/core';
import { useEffect, useRef, useState } from 'react';
import type { NoteStatus, Part } from '../../../workers/api/corpus.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { partNames, statusNames } from '../words.ts';

export interface Filters {
  readonly search: string;
  readonly status: NoteStatus | null;
  /** undefined for all, null for notes without one. */
  readonly type: string | null | undefined;
  readonly part: Part | null | undefined;
}

export const noFilters: Filters = { search: '', status: null, type: undefined, part: undefined };

interface NoteFiltersProps {
  readonly corpusId: number;
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
  /** How many notes fit; null while the answer is under way. */
  readonly total: number | null;
}

const all = 'all';
const none = 'none';

export function NoteFilters({ corpusId, filters, onChange, total }: NoteFiltersProps) {
  const facets = useQuery('corpus.facets', { corpusId }, { refreshOn: ['corpus.changed', 'note.changed'] });
  const [typed, setTyped] = useState(filters.search);
  const field = useRef<HTMLInputElement>(null);
  useCommands([
    {
      id: 'corpus.search',
      title: 'Search the notes',
      group: 'Corpus',
      keys: '/',
      run: () => field.current?.focus(),
    },
  ]);

  // One question when the typing pauses, not one a key.
  useEffect(() => {
    if (typed === filters.search) return;
    const timer = setTimeout(() => onChange({ ...filters, search: typed }), 200);
    return () => clearTimeout(timer);
  }, [typed, filters, onChange]);

  const { statuses = [], types = [], parts = [] } = facets.data ?? {};
  const counted = (label: string, count: number): string => `${label} (${formatNumber(count, 0)})`;
  return (
    <div className="note-filters">
      <InputGroup
        inputRef={field}
        type="search"
        leftIcon="search"
        placeholder="Search text or id"
        aria-label="Search the notes"
        value={typed}
        onValueChange={setTyped}
      />
      <HTMLSelect
        aria-label="Status"
        value={filters.status ?? all}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...filters, status: value === all ? null : (value as NoteStatus) })
        }
        options={[
          { value: all, label: 'Any status' },
          ...statuses.map(({ value, count }) => ({ value, label: counted(statusNames[value], count) })),
        ]}
      />
      {types.length > 1 && (
        <HTMLSelect
          aria-label="Type"
          value={filters.type === undefined ? all : filters.type === null ? none : `=${filters.type}`}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...filters, type: value === all ? undefined : value === none ? null : value.slice(1) })
          }
          options={[
            { value: all, label: 'Any type' },
            ...types.map(({ value, count }) => ({
              value: value === null ? none : `=${value}`,
              label: counted(value ?? 'no type', count),
            })),
          ]}
        />
      )}
      {parts.length > 1 && (
        <HTMLSelect
          aria-label="Part"
          value={filters.part === undefined ? all : (filters.part ?? none)}
          onChange={({ currentTarget: { value } }) =>
            onChange({
              ...filters,
              part: value === all ? undefined : value === none ? null : (value as Part),
            })
          }
          options={[
            { value: all, label: 'Any part' },
            ...parts.map(({ value, count }) => ({
              value: value ?? none,
              label: counted(value === null ? 'no part' : partNames[value], count),
            })),
          ]}
        />
      )}
      {filters !== noFilters && (
        <Button
          variant="minimal"
          icon="cross"
          text="All"
          title="Take every filter off"
          onClick={() => {
            setTyped('');
            onChange(noFilters);
          }}
        />
      )}
      <span className="muted note-count" role="status">
        {total === null ? '' : formatCount(total, 'note')}
      </span>
    </div>
  );
}
