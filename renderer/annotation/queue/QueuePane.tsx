import { HTMLSelect, Icon, InputGroup } from '@blueprintjs/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { KeyboardEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { NoteStatus, QueueNote } from '../../../workers/api/annotation.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { currentPage } from '../note/page-view.ts';
import { statusLook } from '../status-look.ts';
import type { Queue, QueueFilter } from './use-queue.ts';
import './queue.css';

interface QueuePaneProps {
  readonly queue: Queue;
  readonly filter: QueueFilter;
  readonly onFilter: (filter: QueueFilter) => void;
  readonly openId: number | null;
  /** Where the open note stands in the list, or null where the filter leaves it out. */
  readonly openIndex: number | null;
  readonly onOpen: (noteId: number) => void;
}

const rowHeight = 56;
const statuses: readonly NoteStatus[] = ['new', 'started', 'done', 'flagged'];

/** The notes to annotate, in order, with what is done and what waits. */
export function QueuePane({ queue, filter, onFilter, openId, openIndex, onOpen }: QueuePaneProps) {
  const corpora = useQuery('annotation.corpora', {}, { refreshOn: ['corpus.changed'] });
  const [search, setSearch] = useState(filter.search ?? '');
  useEffect(() => {
    if (search === (filter.search ?? '')) return;
    const timer = setTimeout(() => {
      const { search: _search, ...rest } = filter;
      onFilter(search === '' ? rest : { ...rest, search });
    }, 150);
    return () => clearTimeout(timer);
  }, [search, filter, onFilter]);

  return (
    <div className="queue">
      <div className="queue-filters">
        {(corpora.data?.length ?? 0) > 1 && (
          <HTMLSelect
            fill
            aria-label="Corpus"
            value={filter.corpusId ?? ''}
            onChange={(event) => {
              const { corpusId: _corpusId, ...rest } = filter;
              const chosen = Number(event.currentTarget.value);
              onFilter(chosen === 0 ? rest : { ...rest, corpusId: chosen });
            }}
          >
            <option value="">All corpora</option>
            {corpora.data?.map((corpus) => (
              <option key={corpus.corpusId} value={corpus.corpusId}>
                {corpus.name} ({corpus.done}/{corpus.notes} done)
              </option>
            ))}
          </HTMLSelect>
        )}
        <div className="queue-filter-row">
          <InputGroup
            leftIcon="search"
            placeholder="Id, patient, type"
            aria-label="Search notes"
            value={search}
            onValueChange={setSearch}
          />
          <HTMLSelect
            aria-label="Status"
            value={filter.status ?? ''}
            onChange={(event) => {
              const { status: _status, ...rest } = filter;
              const status = statuses.find((one) => one === event.currentTarget.value);
              onFilter(status ? { ...rest, status } : rest);
            }}
          >
            <option value="">Any status</option>
            {statuses.map((status) => (
              <option key={status} value={status}>
                {statusLook[status].word}
              </option>
            ))}
          </HTMLSelect>
        </div>
      </div>
      {queue.error ? (
        <ErrorCallout error={queue.error} onRetry={queue.refresh} />
      ) : queue.total === null ? (
        <Skeleton lines={8} label="Loading notes" />
      ) : (
        <QueueList queue={queue} total={queue.total} openId={openId} openIndex={openIndex} onOpen={onOpen} />
      )}
      <div className="queue-count" aria-live="polite">
        {queue.total === null ? '' : formatCount(queue.total, 'note')}
      </div>
    </div>
  );
}

type QueueListProps = Pick<QueuePaneProps, 'queue' | 'openId' | 'openIndex' | 'onOpen'> & {
  readonly total: number;
};

function QueueList({ queue, total, openId, openIndex, onOpen }: QueueListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState(openIndex ?? 0);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const { see } = queue;
  useEffect(() => {
    if (total > 0) see(first, last);
  }, [see, first, last, total]);
  useEffect(() => {
    if (openIndex === null || openIndex >= total) return;
    setCursor(openIndex);
    virtual.scrollToIndex(openIndex, { align: 'auto' });
  }, [openIndex, total, virtual]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -total,
      End: total,
    };
    const step = steps[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (step !== undefined) {
      const next = Math.max(0, Math.min(total - 1, cursor + step));
      setCursor(next);
      virtual.scrollToIndex(next, { align: 'auto' });
    } else if (event.key === 'Enter' || event.key === ' ') {
      const row = queue.row(cursor);
      if (row?.noteId === openId) currentPage()?.focus();
      else if (row) onOpen(row.noteId);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  if (total === 0) return <p className="queue-none muted">No note fits this filter.</p>;
  return (
    <div
      className="queue-list"
      ref={scroller}
      role="listbox"
      tabIndex={0}
      aria-label="Notes"
      aria-activedescendant={`queue-row-${cursor}`}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
        {items.map((item) => (
          <QueueRow
            key={item.key}
            index={item.index}
            top={item.start}
            total={total}
            row={queue.row(item.index)}
            open={queue.row(item.index)?.noteId === openId}
            cursor={item.index === cursor}
            onOpen={(noteId) => {
              setCursor(item.index);
              onOpen(noteId);
            }}
          />
        ))}
      </div>
    </div>
  );
}

interface QueueRowProps {
  readonly index: number;
  readonly top: number;
  readonly total: number;
  readonly row: QueueNote | undefined;
  readonly open: boolean;
  readonly cursor: boolean;
  readonly onOpen: (noteId: number) => void;
}

function QueueRow({ index, top, total, row, open, cursor, onOpen }: QueueRowProps) {
  const look = row ? statusLook[row.status] : null;
  return (
    <div
      id={`queue-row-${index}`}
      className="queue-row"
      role="option"
      tabIndex={-1}
      aria-selected={open}
      aria-posinset={index + 1}
      aria-setsize={total}
      data-cursor={cursor}
      style={{ transform: `translateY(${top}px)`, height: rowHeight }}
      onClick={() => row && onOpen(row.noteId)}
    >
      {row && look && (
        <>
          <Icon
            icon={look.icon}
            title={look.word}
            size={14}
            className={`queue-status queue-status-${row.status}`}
          />
          <div className="queue-row-words">
            <div className="queue-row-name">
              <span className="mono">{row.externalId}</span>
              <span className="muted">{row.spans === null ? '' : formatNumber(row.spans, 0)}</span>
            </div>
            <div className="queue-row-opening muted">{row.opening}</div>
          </div>
        </>
      )}
    </div>
  );
}
