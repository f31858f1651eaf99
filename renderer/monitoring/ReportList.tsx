import type { DriftReportRow } from '../../workers/api/monitoring.ts';
import { formatCount, formatDate, formatPercent } from '../ui/format.ts';
import { routeOf } from '../ui/navigation.ts';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Time } from '../ui/Time.tsx';
import { Verdict } from './Verdict.tsx';

interface ReportListProps {
  readonly rows: readonly DriftReportRow[] | undefined;
  readonly selected: number | null;
}

/** Earlier comparisons, newest first. */
export function ReportList({ rows, selected }: ReportListProps) {
  return (
    <section className="monitoring-list" aria-labelledby="monitoring-reports">
      <h2 id="monitoring-reports">Reports</h2>
      {rows === undefined ? (
        <Skeleton lines={4} />
      ) : rows.length === 0 ? (
        <p className="monitoring-hint">Comparisons with the reference are listed here.</p>
      ) : (
        <ul>
          {rows.map((row) => (
            <li key={row.id}>
              <a
                href={`#${routeOf('monitoring', 'report', row.id)}`}
                aria-current={row.id === selected ? 'true' : undefined}
              >
                <span className="monitoring-list-head">
                  <Verdict verdict={row.verdict} />
                  <Time at={row.createdAt} />
                </span>
                <span>{windowWords(row)}</span>
                <span className="monitoring-hint">
                  {formatCount(row.notes, 'note')}
                  {row.relativeDrop !== null &&
                    row.relativeDrop > 0 &&
                    `, F1 down ${formatPercent(row.relativeDrop)}`}
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function windowWords({ from, to, modelVersion }: DriftReportRow): string {
  return from === null || to === null ? modelVersion : `${formatDate(from)} to ${formatDate(to - 1)}`;
}
