import { Button } from '@blueprintjs/core';
import type { LogImport } from '../../workers/api/monitoring.ts';
import { call } from '../engine-client/engine.ts';
import { useQuery } from '../engine-client/use-query.ts';
import { formatCount } from '../ui/format.ts';
import { showError } from '../ui/toaster.ts';

/** The log files that were read, with what was rejected and why. */
export function LogImports() {
  const { data } = useQuery(
    'monitoring.logImports',
    {},
    { refreshOn: ['monitoring.changed', 'job.changed'] },
  );
  if (data === undefined || data.length === 0) return null;
  return (
    <section className="monitoring-list" aria-labelledby="monitoring-logs">
      <h2 id="monitoring-logs">Logs</h2>
      <ul>
        {data.map((log) => (
          <LogRow key={log.id} log={log} />
        ))}
      </ul>
    </section>
  );
}

function LogRow({ log }: { readonly log: LogImport }) {
  const remove = (): void => {
    call('monitoring.removeLogImport', { logImportId: log.id }).catch(showError);
  };
  return (
    <li className="log-row">
      <div className="monitoring-list-head">
        <span className="log-name" title={log.sourceName}>
          {log.sourceName}
        </span>
        {log.state !== 'running' && (
          <Button
            variant="minimal"
            size="small"
            icon="small-cross"
            aria-label={`Remove ${log.sourceName}`}
            onClick={remove}
          />
        )}
      </div>
      <span className="monitoring-hint">
        {log.state === 'finished' ? formatCount(log.lines, 'line') : log.state}
        {log.rejected > 0 && `, ${log.rejected} rejected`}
      </span>
      {log.rejections.length > 0 && (
        <details>
          <summary>Rejected lines</summary>
          <ul>
            {log.rejections.slice(0, 20).map(({ line, reason }) => (
              <li key={line}>
                Line {line}: {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
