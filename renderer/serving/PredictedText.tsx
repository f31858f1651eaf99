import type { ReactNode } from 'react';
import type { PredictedSpan } from '../../workers/api/serving.ts';
import { useQuery } from '../engine-client/use-query.ts';
import { formatNumber } from '../ui/format.ts';

/** The text with its predicted spans marked; label and probability stand beside each. */
export function PredictedText({
  text,
  spans,
}: {
  readonly text: string;
  readonly spans: readonly PredictedSpan[];
}) {
  const schema = useQuery('annotation.schema', {}, { refreshOn: ['schema.changed'] });
  const labels = schema.data?.labels ?? [];
  const parts: ReactNode[] = [];
  let at = 0;
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    if (span.start < at) continue;
    parts.push(text.slice(at, span.start));
    const place = labels.findIndex(({ name }) => name === span.label);
    const label = labels[place];
    parts.push(
      <mark
        key={span.start}
        className="predicted"
        style={{
          background: `var(--label-${String((Math.max(0, place) % 8) + 1)}-fill)`,
          textDecorationStyle: label?.pattern ?? 'solid',
          textDecorationColor: `var(--label-${String((Math.max(0, place) % 8) + 1)})`,
        }}
      >
        {text.slice(span.start, span.end)}
        <small>
          {span.label} {formatNumber(span.probability, 2)}
        </small>
      </mark>,
    );
    at = span.end;
  }
  parts.push(text.slice(at));
  return <p className="predicted-text">{parts}</p>;
}
