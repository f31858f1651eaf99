import { Icon } from '@blueprintjs/core';
import type { GateEvidence, GateFact } from '../../../workers/api/registry.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { routeOf } from '../../ui/navigation.ts';

/** What stands behind a verdict: numbers with limit, interval and n; failed examples; notes to open. */
export function GateEvidenceView({ evidence }: { readonly evidence: GateEvidence }) {
  const { facts, examples, noteIds, remarks } = evidence;
  return (
    <>
      {facts.length > 0 && <FactTable facts={facts} />}
      {examples.length > 0 && (
        <div className="gate-examples">
          <h4>{formatCount(examples.length, 'example')} that failed</h4>
          <ul>
            {examples.map((example, index) => (
              <li key={index}>
                <span className="muted">{example.name}</span>
                <q>{example.text}</q>
                <span>
                  expected {example.expected}; got {example.got}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {noteIds.length > 0 && (
        <p>
          Notes that became worse:{' '}
          {noteIds.slice(0, 20).map((noteId) => (
            <a key={noteId} className="gate-note" href={`#${routeOf('annotation', 'note', noteId)}`}>
              {noteId}
            </a>
          ))}
          {noteIds.length > 20 && ` and ${formatNumber(noteIds.length - 20, 0)} more`}
        </p>
      )}
      {remarks.map((remark) => (
        <p key={remark} className="muted">
          {remark}
        </p>
      ))}
    </>
  );
}

function FactTable({ facts }: { readonly facts: readonly GateFact[] }) {
  return (
    <table className="fact-table">
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Found</th>
          <th scope="col">Limit</th>
          <th scope="col">95 % interval</th>
          <th scope="col">n</th>
          <th scope="col">Verdict</th>
        </tr>
      </thead>
      <tbody>
        {facts.map((fact) => (
          <tr key={fact.name}>
            <th scope="row">{fact.name}</th>
            <td>{found(fact)}</td>
            <td>{fact.limit ?? ''}</td>
            <td>
              {fact.interval === null
                ? ''
                : fact.interval.map((bound) => formatNumber(bound, 3)).join(' to ')}
            </td>
            <td>{fact.n === null ? '' : formatNumber(fact.n, 0)}</td>
            <td className={fact.passed ? 'fact-passed' : 'fact-failed'}>
              <Icon icon={fact.passed ? 'tick' : 'cross'} aria-hidden size={12} />{' '}
              {fact.passed ? 'passes' : 'fails'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function found({ value, unit }: GateFact): string {
  if (value === null) return 'nothing to measure';
  if (typeof value === 'string') return value;
  const number = formatNumber(
    value,
    unit === 'F1' || unit === 'failure rate' ? 3 : unit === 'ms' ? 1 : undefined,
  );
  return unit === '' ? number : `${number}\u2009${unit}`;
}
