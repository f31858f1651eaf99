import { Button, Icon } from '@blueprintjs/core';
import { useState } from 'react';
import type { LedgerCheck, LedgerEntry } from '../../../workers/api/registry.ts';
import { call } from '../../engine-client/engine.ts';
import { useAction } from '../../engine-client/use-action.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Time } from '../../ui/Time.tsx';
import { Hash } from '../version/VersionFacts.tsx';
import { ProductionAt } from './ProductionAt.tsx';

const step = 50;

const words: Readonly<Record<LedgerEntry['action'], string>> = {
  registered: 'registered',
  promoted: 'promoted',
  archived: 'archived',
  'rolled-back': 'rolled back',
};

/** Who moved which version where, when and why. Entries are chained by hash and can never be changed. */
export function Ledger() {
  const [limit, setLimit] = useState(step);
  const ledger = useQuery('registry.ledger', { limit, offset: 0 }, { refreshOn: ['registry.changed'] });
  const [check, setCheck] = useState<LedgerCheck | null>(null);
  const verify = useAction(async () => setCheck(await call('registry.verifyLedger', {})));
  const { data } = ledger;
  return (
    <section className="ledger" aria-labelledby="ledger-title">
      <header>
        <h2 id="ledger-title">Ledger</h2>
        {data !== undefined && <span className="muted">{formatCount(data.total, 'entry', 'entries')}</span>}
        <div className="ledger-acts">
          <ProductionAt />
          <Button icon="endorsed" text="Verify" loading={verify.busy} onClick={() => void verify.run()} />
        </div>
      </header>
      {check !== null && <CheckLine check={check} />}
      {[ledger.error, verify.error].map(
        (error) => error && <ErrorCallout key={error.message} error={error} />,
      )}
      {data === undefined && ledger.error === undefined && <Skeleton />}
      {data !== undefined && (
        <div className="ledger-scroll" tabIndex={0} role="region" aria-label="Entries of the ledger">
          <table className="ledger-table">
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Version</th>
                <th scope="col">What</th>
                <th scope="col">Who</th>
                <th scope="col">Why</th>
                <th scope="col">Hash</th>
              </tr>
            </thead>
            <tbody>
              {data.rows.map((entry) => (
                <tr key={entry.id}>
                  <td>
                    <Time at={entry.at} />
                  </td>
                  <td>{entry.versionName}</td>
                  <td>
                    {words[entry.action]}
                    {entry.toStage !== 'None' && entry.action !== 'archived' && ` to ${entry.toStage}`}
                    {entry.action === 'archived' && ` from ${entry.fromStage}`}
                  </td>
                  <td title={`System user ${entry.systemUser}`}>{entry.actor}</td>
                  <td>{entry.reason}</td>
                  <td>
                    <Hash value={entry.hash} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {data !== undefined && data.total > data.rows.length && (
        <Button
          text={`Show more of ${formatNumber(data.total, 0)}`}
          onClick={() => setLimit(Math.min(1000, limit + step))}
        />
      )}
    </section>
  );
}

function CheckLine({ check }: { readonly check: LedgerCheck }) {
  return (
    <p role="status" className={check.valid ? 'ledger-good' : 'ledger-bad'}>
      <Icon icon={check.valid ? 'tick-circle' : 'error'} aria-hidden />{' '}
      {check.valid ? (
        <>
          The chain holds over {formatCount(check.entries, 'entry', 'entries')}
          {check.head !== null && (
            <>
              {'; its head is '}
              <Hash value={check.head} />
            </>
          )}
          .
        </>
      ) : (
        `The chain breaks at entry ${String(check.broken?.entryId)}: ${check.broken?.reason ?? ''}`
      )}
    </p>
  );
}
