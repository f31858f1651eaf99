import type { ConfusionTable, PartEvaluation } from '../../../workers/api/training-evaluation.ts';
import { formatNumber } from '../../ui/format.ts';

/** What was taken for what: by token, and by span matched by overlap. */
export function Confusions({ evaluation }: { readonly evaluation: PartEvaluation }) {
  return (
    <section aria-label="Confusion">
      <h2>Confusion, {evaluation.part}</h2>
      <div className="confusions">
        <Confusion
          title="Tokens"
          note="every token once; O is outside of any span"
          table={evaluation.tokenConfusion}
        />
        <Confusion
          title="Spans"
          note="matched by overlap; O is a span that the other reading does not have"
          table={evaluation.spanConfusion}
        />
      </div>
    </section>
  );
}

function Confusion({
  title,
  note,
  table,
}: {
  readonly title: string;
  readonly note: string;
  readonly table: ConfusionTable;
}) {
  return (
    <table className="confusion" aria-label={`Confusion, ${title.toLowerCase()}`}>
      <caption>
        {title} <span className="muted">{note}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">gold ↓ predicted →</th>
          {table.labels.map((label) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.labels.map((label, row) => {
          const counts = table.counts[row] ?? [];
          const total = counts.reduce((sum, count) => sum + count, 0);
          return (
            <tr key={label}>
              <th scope="row">{label}</th>
              {counts.map((count, column) => (
                <td
                  key={table.labels[column]}
                  className={row === column ? 'confusion-right' : 'confusion-wrong'}
                  style={{ '--share': total === 0 ? 0 : count / total } as React.CSSProperties}
                >
                  {formatNumber(count, 0)}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
