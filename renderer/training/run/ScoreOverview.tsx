import { Callout } from '@blueprintjs/core';
import type {
  Evaluation,
  PartEvaluation,
  Score,
  ScoreTable,
} from '../../../workers/api/training-evaluation.ts';
import type { RunDetail } from '../../../workers/api/training.ts';
import { formatCount, formatNumber, formatPercent } from '../../ui/format.ts';
import { HowComputed } from '../../ui/HowComputed.tsx';
import type { Unit } from '../score-figure.ts';
import { scoreFigure } from '../score-figure.ts';

interface ScoreOverviewProps {
  readonly run: RunDetail;
  readonly evaluation: Evaluation;
}

/** Precision, recall and F1 per label and over all, for spans and tokens, on each scored part. */
export function ScoreOverview({ run, evaluation }: ScoreOverviewProps) {
  const parts = [evaluation.test, evaluation.dev].filter((part) => part !== null);
  return (
    <section aria-label="Scores">
      <h2>Scores</h2>
      {parts.map((part) => (
        <PartScores key={part.part} part={part} evaluation={evaluation} />
      ))}
      {run.projection !== null && run.projection.changed + run.projection.dropped > 0 && (
        <p className="muted">
          In training, {formatNumber(run.projection.changed, 0)} of{' '}
          {formatCount(run.projection.total, 'span')} stand on the chain with other bounds and{' '}
          {formatNumber(run.projection.dropped, 0)} could not be held.
        </p>
      )}
    </section>
  );
}

function PartScores({
  part,
  evaluation,
}: {
  readonly part: PartEvaluation;
  readonly evaluation: Evaluation;
}) {
  const { all, withoutLeaked, leakedNotes } = part;
  return (
    <div className="part-scores">
      <h3>
        {part.part === 'test' ? 'Test' : 'Dev'} part: {formatCount(all.notes, 'note')},{' '}
        {formatCount(all.tokens, 'token')}
      </h3>
      <div className="score-tables">
        <Scores
          title="Strict spans"
          unit="span"
          table={all.span}
          notes={all.notes}
          part={part}
          evaluation={evaluation}
        />
        <Scores
          title="Tokens"
          unit="token"
          table={all.token}
          notes={all.notes}
          part={part}
          evaluation={evaluation}
        />
      </div>
      {withoutLeaked !== null && (
        <Callout
          className="leaked"
          icon="duplicate"
          title={`${formatCount(leakedNotes, 'note')} of this part stand in an earlier part too`}
        >
          Without {leakedNotes === 1 ? 'it' : 'them'}: strict span F1{' '}
          {formatNumber(withoutLeaked.span.micro.f1, 3)}
          {intervalOf(withoutLeaked.span.micro)}, token F1 {formatNumber(withoutLeaked.token.micro.f1, 3)}
          {intervalOf(withoutLeaked.token.micro)}, on {formatCount(withoutLeaked.notes, 'note')}.
        </Callout>
      )}
      {part.changedGoldSpans > 0 && (
        <p className="muted">
          {formatCount(part.changedGoldSpans, 'gold span')} of this part cannot be held by the chain as
          annotated. Against the spans as annotated, strict F1 is {formatNumber(part.asAnnotated.f1, 3)}
          {intervalOf(part.asAnnotated)}.
        </p>
      )}
    </div>
  );
}

interface ScoresProps {
  readonly title: string;
  readonly unit: Unit;
  readonly table: ScoreTable;
  readonly notes: number;
  readonly part: PartEvaluation;
  readonly evaluation: Evaluation;
}

function Scores({ title, unit, table, notes, part, evaluation }: ScoresProps) {
  const rows: readonly (Score & { readonly label: string })[] = [
    { label: 'All labels', ...table.micro },
    ...table.perLabel,
  ];
  return (
    <table className="scores" aria-label={`${title}, ${part.part}`}>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">F1</th>
          <th scope="col">95 % interval</th>
          <th scope="col">Precision</th>
          <th scope="col">Recall</th>
          <th scope="col">Gold</th>
          <th scope="col">
            <span className="visually-hidden">How computed</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((score) => (
          <tr key={score.label}>
            <th scope="row">{score.label}</th>
            <td className="scores-f1">{formatNumber(score.f1, 3)}</td>
            <td>
              {score.f1Interval === null
                ? '–'
                : `${formatNumber(score.f1Interval[0], 3)} – ${formatNumber(score.f1Interval[1], 3)}`}
            </td>
            <td>{formatPercent(score.precision)}</td>
            <td>{formatPercent(score.recall)}</td>
            <td>{formatNumber(score.support, 0)}</td>
            <td>
              <HowComputed
                figure={scoreFigure(`${title}, ${score.label}, ${part.part}`, unit, score, evaluation, notes)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function intervalOf({ f1Interval }: Score): string {
  return f1Interval === null
    ? ''
    : ` (${formatNumber(f1Interval[0], 3)} to ${formatNumber(f1Interval[1], 3)})`;
}
