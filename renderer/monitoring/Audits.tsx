import { Button, HTMLSelect } from '@blueprintjs/core';
import { useState } from 'react';
import type { Audit } from '../../workers/api/monitoring.ts';
import { call } from '../engine-client/engine.ts';
import { useAction } from '../engine-client/use-action.ts';
import { useQuery } from '../engine-client/use-query.ts';
import { ErrorCallout } from '../ui/ErrorCallout.tsx';
import { formatCount, formatNumber, formatPercent } from '../ui/format.ts';
import { Time } from '../ui/Time.tsx';

/** Production scored on notes that people annotated: what the estimate cannot see, an audit can. */
export function Audits() {
  const corpora = useQuery('corpus.list', {}, { refreshOn: ['corpus.changed'] });
  const audits = useQuery('monitoring.audits', {}, { refreshOn: ['monitoring.changed'] });
  const [chosen, setChosen] = useState('');
  const audit = useAction(() => call('monitoring.audit', { corpusId: Number(chosen) }));
  if (corpora.data === undefined || corpora.data.length === 0) return null;
  return (
    <section className="monitoring-list" aria-labelledby="monitoring-audits">
      <h2 id="monitoring-audits">Audits</h2>
      <p className="monitoring-hint">Scores Production on the annotated notes of a corpus.</p>
      <div className="audit-form">
        <HTMLSelect
          fill
          aria-label="Corpus to audit"
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
          options={[
            { value: '', label: 'Choose a corpus' },
            ...corpora.data.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
        />
        <Button text="Audit" disabled={chosen === ''} loading={audit.busy} onClick={() => void audit.run()} />
      </div>
      {audit.error !== undefined && <ErrorCallout error={audit.error} />}
      <ul>
        {(audits.data ?? []).map((one) => (
          <AuditRow key={one.id} audit={one} />
        ))}
      </ul>
    </section>
  );
}

function AuditRow({ audit }: { readonly audit: Audit }) {
  const { f1, interval, relativeDrop } = audit;
  return (
    <li className="log-row">
      <div className="monitoring-list-head">
        <strong>F1 {formatNumber(f1, 3)}</strong>
        <Time at={audit.at} />
      </div>
      <span className="monitoring-hint">
        {formatNumber(interval[0], 3)} to {formatNumber(interval[1], 3)}, {formatCount(audit.notes, 'note')}
        {relativeDrop > 0 && `, down ${formatPercent(relativeDrop)}`}
      </span>
    </li>
  );
}
