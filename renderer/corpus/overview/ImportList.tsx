import { Button, Collapse, ProgressBar } from '@blueprintjs/core';
import { useState } from 'react';
import type { ImportRow } from '../../../workers/api/corpus.ts';
import { call } from '../../engine-client/engine.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { Time } from '../../ui/Time.tsx';
import { formatCount, formatPercent } from '../../ui/format.ts';
import { showDone, showError } from '../../ui/toaster.ts';
import { formatNames, importStates } from '../words.ts';
import { Rejections } from './Rejections.tsx';

/** Every import of a corpus, newest first, with the way back. */
export function ImportList({ corpusId }: { readonly corpusId: number }) {
  const imports = useQuery(
    'corpus.imports',
    { corpusId },
    { refreshOn: ['corpus.changed', 'snapshot.created', 'job.changed'] },
  );
  return (
    <section className="corpus-section" aria-labelledby="imports-heading">
      <h2 id="imports-heading">Imports</h2>
      {imports.error !== undefined && <ErrorCallout error={imports.error} onRetry={imports.refresh} />}
      {imports.data?.length === 0 && <p className="muted">None yet. Import notes to begin.</p>}
      <ul className="corpus-list">
        {imports.data?.map((row) => (
          <ImportItem key={row.id} row={row} />
        ))}
      </ul>
    </section>
  );
}

function ImportItem({ row }: { readonly row: ImportRow }) {
  const [open, setOpen] = useState(false);
  const remove = (): void => {
    call('corpus.removeImport', { importId: row.id })
      .then(() => showDone(`The import of ${row.sourceName} was taken back.`))
      .catch(showError);
  };
  const resume = (): void => {
    call('corpus.resumeImport', { importId: row.id }).catch(showError);
  };
  return (
    <li className="corpus-item">
      <div className="corpus-item-head">
        <strong title={row.sourceName}>{row.sourceName}</strong>
        <span className={`corpus-state corpus-state-${row.state}`}>{importStates[row.state]}</span>
      </div>
      <div className="muted">
        {formatCount(row.noteCount, 'note')}, {formatCount(row.spanCount, 'span')}
        {row.skippedCount > 0 && `, ${formatCount(row.skippedCount, 'line')} skipped`}
      </div>
      <div className="muted" title={formatNames[row.format]}>
        <Time at={row.createdAt} />
        {row.by !== null && `, ${row.by}`}
      </div>
      {row.state === 'running' && (
        <ProgressBar
          value={row.progress}
          animate={false}
          stripes={false}
          aria-label={`Import of ${row.sourceName}`}
        />
      )}
      <div className="corpus-item-actions">
        {row.rejectedCount > 0 && (
          <Button
            size="small"
            variant="minimal"
            icon={open ? 'chevron-down' : 'chevron-right'}
            aria-expanded={open}
            text={formatCount(row.rejectedCount, 'rejection')}
            onClick={() => setOpen(!open)}
          />
        )}
        {row.state === 'interrupted' && (
          <Button
            size="small"
            icon="play"
            text={`Resume at ${formatPercent(row.progress, 0)}`}
            onClick={resume}
          />
        )}
        {row.state !== 'running' && (
          <Button
            size="small"
            variant="minimal"
            icon="undo"
            text={row.state === 'finished' ? 'Undo import' : 'Discard'}
            aria-label={`${row.state === 'finished' ? 'Undo import' : 'Discard'} of ${row.sourceName}`}
            disabled={row.keptBecause !== null}
            title={row.keptBecause ?? 'Takes all of its notes and spans out again'}
            onClick={remove}
          />
        )}
      </div>
      {row.keptBecause !== null && row.state !== 'running' && (
        <p className="corpus-reason muted">{row.keptBecause}</p>
      )}
      <Collapse isOpen={open}>{open && <Rejections importId={row.id} />}</Collapse>
    </li>
  );
}
