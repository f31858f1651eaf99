import { Button } from '@blueprintjs/core';
import { useMemo, useState } from 'react';
import type { NoteRow } from '../../../workers/api/corpus.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import type { Column, Sort } from '../../ui/data-table/column.ts';
import { DataTable } from '../../ui/data-table/DataTable.tsx';
import { formatDate, formatNumber } from '../../ui/format.ts';
import { navigate, routeOf } from '../../ui/navigation.ts';
import { partNames, statusNames } from '../words.ts';
import type { Filters } from './NoteFilters.tsx';
import { NoteFilters, noFilters } from './NoteFilters.tsx';
import './notes.css';
import type { NoteQuery } from './use-note-pages.ts';
import { useNotePages } from './use-note-pages.ts';

interface NoteTableProps {
  readonly corpusId: number;
  readonly selected: number | null;
  readonly onSelect: (noteId: number) => void;
  readonly importRoute: string;
}

const columns: readonly Column<NoteRow>[] = [
  {
    id: 'externalId',
    title: 'Note',
    render: (row) => row.externalId,
    sortValue: (row) => row.externalId,
    width: 'minmax(72px, 1.2fr)',
  },
  { id: 'opening', title: 'Begins', render: (row) => row.opening, width: 'minmax(104px, 3fr)' },
  {
    id: 'status',
    title: 'Status',
    render: (row) => statusNames[row.status],
    sortValue: (row) => row.status,
    width: '68px',
  },
  {
    id: 'noteType',
    title: 'Type',
    render: (row) => row.noteType ?? '',
    sortValue: (row) => row.noteType,
    width: 'minmax(64px, 1fr)',
  },
  {
    id: 'part',
    title: 'Part',
    render: (row) => (row.part === null ? '' : partNames[row.part]),
    width: '52px',
  },
  {
    id: 'length',
    title: 'Length',
    hint: 'UTF-16 characters',
    render: (row) => formatNumber(row.length, 0),
    sortValue: (row) => row.length,
    width: '68px',
    align: 'right',
  },
  {
    id: 'writtenAt',
    title: 'Written',
    render: (row) => (row.writtenAt === null ? '' : formatDate(row.writtenAt)),
    sortValue: (row) => row.writtenAt,
    width: '92px',
  },
];

/** A column that no loaded note fills gives its room to the text. */
function hasValues(column: string, rows: readonly NoteRow[]): boolean {
  if (column === 'noteType') return rows.some((row) => row.noteType !== null);
  if (column === 'writtenAt') return rows.some((row) => row.writtenAt !== null);
  if (column === 'part') return rows.some((row) => row.part !== null);
  return true;
}

/** The notes of a corpus: filter, search, sort, open. */
export function NoteTable({ corpusId, selected, onSelect, importRoute }: NoteTableProps) {
  const [filters, setFilters] = useState<Filters>(noFilters);
  const [sort, setSort] = useState<Sort | null>(null);
  const query = useMemo<NoteQuery>(
    () => ({
      corpusId,
      ...(filters.status === null ? {} : { statuses: [filters.status] }),
      ...(filters.type === undefined ? {} : { types: [filters.type] }),
      ...(filters.part === undefined ? {} : { parts: [filters.part] }),
      ...(filters.search.trim() === '' ? {} : { search: filters.search }),
      ...(sort === null
        ? {}
        : {
            sort: sort.column as NonNullable<NoteQuery['sort']>,
            descending: sort.direction === 'descending',
          }),
    }),
    [corpusId, filters, sort],
  );
  const pages = useNotePages(query);
  const shownColumns = useMemo(
    () => columns.filter(({ id }) => hasValues(id, pages.rows ?? [])),
    [pages.rows],
  );
  const filtered = filters !== noFilters;
  return (
    <div className="note-table">
      <NoteFilters
        corpusId={corpusId}
        filters={filters}
        onChange={setFilters}
        total={pages.rows === undefined ? null : pages.total}
      />
      {pages.error !== undefined && <ErrorCallout error={pages.error} onRetry={pages.refresh} />}
      <DataTable
        label="Notes"
        columns={shownColumns}
        rows={pages.rows}
        rowKey={(row) => row.id}
        total={pages.total}
        onEndReached={pages.more}
        sort={sort}
        onSort={setSort}
        selectedKey={selected}
        onSelect={(row) => onSelect(row.id)}
        onOpen={(row) => navigate(routeOf('annotation', 'note', row.id))}
        empty={
          filtered ? (
            <EmptyState
              icon="search"
              title="No note fits"
              description="Take a filter off to see more."
              action={<Button text="Show all notes" onClick={() => setFilters(noFilters)} />}
            />
          ) : (
            <EmptyState
              icon="import"
              title="No notes in this corpus"
              description="Import some; nothing is written before you have seen what would come in."
              action={
                <Button
                  intent="primary"
                  icon="import"
                  text="Import notes"
                  onClick={() => navigate(importRoute)}
                />
              }
            />
          )
        }
      />
    </div>
  );
}
