import { Button, HTMLSelect } from '@blueprintjs/core';
import { useState } from 'react';
import type { ErrorKind, Evaluation, SentenceErrors } from '../../../workers/api/training-evaluation.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { navigate, routeOf } from '../../ui/navigation.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { MarkedSentence } from './MarkedSentence.tsx';

interface ErrorSentencesProps {
  readonly runId: number;
  readonly evaluation: Evaluation | null;
}

const kinds: readonly { readonly kind: ErrorKind; readonly title: string; readonly hint: string }[] = [
  { kind: 'missed', title: 'Missed', hint: 'A gold span that no predicted span touches' },
  { kind: 'spurious', title: 'Spurious', hint: 'A predicted span that touches no gold span' },
  { kind: 'boundary', title: 'Boundary', hint: 'The right label with other bounds' },
  { kind: 'label', title: 'Label', hint: 'The wrong label on the same or overlapping bounds' },
];

const pageSize = 20;

/** Errors are sentences: gold above, prediction below, by kind and label. */
export function ErrorSentences({ runId, evaluation }: ErrorSentencesProps) {
  const [part, setPart] = useState<'test' | 'dev'>(evaluation?.test == null ? 'dev' : 'test');
  const [kind, setKind] = useState<ErrorKind | null>(null);
  const [label, setLabel] = useState('');
  const [offset, setOffset] = useState(0);
  const scored = evaluation?.[part] ?? null;
  const { data, error, refresh } = useQuery('training.errors', {
    runId,
    part,
    offset,
    limit: pageSize,
    ...(kind === null ? {} : { kind }),
    ...(label === '' ? {} : { label }),
  });
  const choose = (act: () => void): void => {
    act();
    setOffset(0);
  };
  const all = kinds.reduce((sum, each) => sum + (scored?.errors[each.kind] ?? 0), 0);
  return (
    <section aria-label="Errors">
      <h2>Errors</h2>
      <div className="error-filters">
        <div className="error-kinds" role="group" aria-label="Kind of error">
          <Button
            size="small"
            text={`All ${formatNumber(all, 0)}`}
            active={kind === null}
            aria-pressed={kind === null}
            onClick={() => choose(() => setKind(null))}
          />
          {kinds.map((each) => (
            <Button
              key={each.kind}
              size="small"
              text={`${each.title} ${formatNumber(scored?.errors[each.kind] ?? 0, 0)}`}
              title={each.hint}
              active={kind === each.kind}
              aria-pressed={kind === each.kind}
              onClick={() => choose(() => setKind(each.kind))}
            />
          ))}
        </div>
        <HTMLSelect
          aria-label="Label"
          value={label}
          options={[
            { value: '', label: 'All labels' },
            ...(scored?.all.span.perLabel ?? []).map((each) => ({ value: each.label, label: each.label })),
          ]}
          onChange={(event) => choose(() => setLabel(event.currentTarget.value))}
        />
        {evaluation?.test !== null && evaluation?.dev !== null && (
          <HTMLSelect
            aria-label="Part"
            value={part}
            options={[
              { value: 'test', label: 'Test part' },
              { value: 'dev', label: 'Dev part' },
            ]}
            onChange={(event) => choose(() => setPart(event.currentTarget.value === 'dev' ? 'dev' : 'test'))}
          />
        )}
        {data !== undefined && <Pager offset={offset} total={data.total} onMove={setOffset} />}
      </div>
      {error !== undefined && <ErrorCallout error={error} onRetry={refresh} />}
      {data === undefined && error === undefined && <Skeleton lines={6} />}
      {data?.total === 0 && (
        <EmptyState
          icon="tick-circle"
          title="No such errors"
          description="In this selection gold and prediction agree."
        />
      )}
      <ol className="error-sentences">
        {data?.rows.map((sentence) => (
          <Sentence key={`${String(sentence.noteId)}-${String(sentence.start)}`} sentence={sentence} />
        ))}
      </ol>
    </section>
  );
}

function Sentence({ sentence }: { readonly sentence: SentenceErrors }) {
  const kindsHere = [...new Set(sentence.errors.map(({ kind }) => kind))];
  return (
    <li>
      <div className="error-sentence-head">
        <Button
          variant="minimal"
          size="small"
          text={sentence.externalId}
          title="Open this note"
          onClick={() => navigate(routeOf('annotation', 'note', sentence.noteId))}
        />
        <span className="muted">
          {kindsHere.join(', ')}
          {sentence.leaked ? ' · stands in an earlier part too' : ''}
        </span>
      </div>
      <MarkedSentence title="Gold" sentence={sentence} spans={sentence.gold} other={sentence.predicted} />
      <MarkedSentence
        title="Predicted"
        sentence={sentence}
        spans={sentence.predicted}
        other={sentence.gold}
      />
    </li>
  );
}

interface PagerProps {
  readonly offset: number;
  readonly total: number;
  readonly onMove: (offset: number) => void;
}

function Pager({ offset, total, onMove }: PagerProps) {
  if (total === 0) return null;
  const last = Math.min(total, offset + pageSize);
  return (
    <div className="pager">
      <span className="muted">
        {formatNumber(offset + 1, 0)}–{formatNumber(last, 0)} of {formatCount(total, 'sentence')}
      </span>
      <Button
        variant="minimal"
        icon="chevron-left"
        aria-label="Earlier sentences"
        disabled={offset === 0}
        onClick={() => onMove(Math.max(0, offset - pageSize))}
      />
      <Button
        variant="minimal"
        icon="chevron-right"
        aria-label="Later sentences"
        disabled={last >= total}
        onClick={() => onMove(offset + pageSize)}
      />
    </div>
  );
}
