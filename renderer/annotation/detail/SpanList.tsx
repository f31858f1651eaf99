import { Icon } from '@blueprintjs/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { KeyboardEvent } from 'react';
import { memo, useEffect, useMemo, useRef } from 'react';
import type { Label, Span } from '../../../workers/api/annotation.ts';
import { goToSpan, spansInOrder } from '../acts.ts';
import { labelInk } from '../label-look.ts';
import { lineAt } from '../note/text-lines.ts';
import type { NoteText } from '../store.ts';
import { useOpen } from '../store.ts';

const rowHeight = 36;
const originWords = { person: '', import: 'imported', model: 'suggested' } as const;

/** Every span of the note in reading order: the note's mirror for screen readers, and a way to move by span. */
export function SpanList({ note }: { readonly note: NoteText }) {
  const spans = useOpen((state) => state.spans);
  const active = useOpen((state) => state.active);
  const labels = useOpen((state) => state.schema.labels);
  const order = useMemo(() => spansInOrder(spans), [spans]);
  const labelById = useMemo(() => new Map(labels.map((label) => [label.id, label])), [labels]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: order.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  const at = order.findIndex((span) => span.uid === active);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next =
      event.key === 'ArrowDown'
        ? at + 1
        : event.key === 'ArrowUp'
          ? at - 1
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? order.length - 1
              : null;
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    const span = order[Math.max(0, Math.min(order.length - 1, next))];
    if (span) goToSpan(span.uid);
  };

  return (
    <div
      className="span-list"
      ref={scroller}
      role="listbox"
      tabIndex={0}
      aria-label={`Spans of note ${note.externalId}`}
      aria-activedescendant={at >= 0 ? `span-row-${at}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
        {virtual.getVirtualItems().map((item) => {
          const span = order[item.index];
          const label = span && labelById.get(span.labelId);
          return span && label ? (
            <SpanRow
              key={span.uid}
              index={item.index}
              count={order.length}
              top={item.start}
              note={note}
              span={span}
              label={label}
              active={span.uid === active}
            />
          ) : null;
        })}
      </div>
    </div>
  );
}

interface SpanRowProps {
  readonly index: number;
  readonly count: number;
  readonly top: number;
  readonly note: NoteText;
  readonly span: Span;
  readonly label: Label;
  readonly active: boolean;
}

const SpanRow = memo(function SpanRow({ index, count, top, note, span, label, active }: SpanRowProps) {
  const quote = note.text.slice(span.start, Math.min(span.end, span.start + 120)).replace(/\s+/gu, ' ');
  const line = lineAt(note.lines, span.start) + 1;
  const origin = originWords[span.origin];
  return (
    <div
      id={`span-row-${index}`}
      className="span-row"
      role="option"
      tabIndex={-1}
      aria-selected={active}
      aria-posinset={index + 1}
      aria-setsize={count}
      aria-label={`${label.name}: ${quote}, line ${line}${origin === '' ? '' : `, ${origin}`}`}
      style={{ transform: `translateY(${top}px)`, height: rowHeight }}
      onClick={() => goToSpan(span.uid)}
    >
      <span className="label-mark" data-pattern={label.pattern} style={{ color: labelInk(label) }} />
      <span className="span-row-quote" dir="auto">
        {quote}
      </span>
      {span.origin !== 'person' && (
        <Icon
          icon={span.origin === 'import' ? 'import' : 'predictive-analysis'}
          size={12}
          title={origin}
          className="muted"
        />
      )}
      <span className="mono muted" title={`Characters ${span.start} to ${span.end}`}>
        {line}
      </span>
    </div>
  );
});
