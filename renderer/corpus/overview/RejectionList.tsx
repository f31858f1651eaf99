import type { Rejection } from '../../../workers/api/corpus.ts';
import { formatNumber } from '../../ui/format.ts';

/** File, line and reason of what did not come in. */
export function RejectionList({ rows }: { readonly rows: readonly Rejection[] }) {
  return (
    // Long lists scroll, so that they can be reached by keyboard.
    <div className="rejections" tabIndex={0} role="region" aria-label="Rejected lines">
      <table>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Line</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              <td>{row.file}</td>
              <td className="mono">{row.line === null ? 'all' : formatNumber(row.line, 0)}</td>
              <td>{row.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
