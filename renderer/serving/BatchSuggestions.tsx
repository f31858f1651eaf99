import { Button, HTMLSelect, Switch } from '@blueprintjs/core';
import { useState } from 'react';
import { call } from '../engine-client/engine.ts';
import { useAction } from '../engine-client/use-action.ts';
import { useJob } from '../engine-client/use-job.ts';
import { useQuery } from '../engine-client/use-query.ts';
import { ErrorCallout } from '../ui/ErrorCallout.tsx';
import { JobProgress } from '../ui/JobProgress.tsx';
import { navigate } from '../ui/navigation.ts';

/** Predicts over a whole corpus and leaves suggestions for the annotators. */
export function BatchSuggestions(props: { readonly versionId: number; readonly versionName: string }) {
  const corpora = useQuery('corpus.list', {}, { refreshOn: ['corpus.changed'] });
  const [chosen, setChosen] = useState<number | null>(null);
  const [all, setAll] = useState(false);
  const [jobId, setJobId] = useState<number | null>(null);
  const { job, cancel } = useJob(jobId);
  const corpusId = corpora.data?.find(({ id }) => id === chosen)?.id ?? corpora.data?.[0]?.id;
  const start = useAction(async () => {
    if (corpusId === undefined) return;
    const notes = all ? 'all' : 'unannotated';
    setJobId((await call('serving.suggest', { corpusId, modelVersionId: props.versionId, notes })).jobId);
  });
  const running = job?.state === 'running' || job?.state === 'queued';
  return (
    <section className="serving-section" aria-labelledby="suggestions-title">
      <h2 id="suggestions-title">Suggestions</h2>
      <p className="muted">
        {props.versionName} predicts over a corpus; annotators accept or reject what it suggests. What people
        annotated stays as it is.
      </p>
      <HTMLSelect
        fill
        aria-label="Corpus"
        value={corpusId ?? ''}
        disabled={corpusId === undefined}
        onChange={(event) => setChosen(Number(event.currentTarget.value))}
        options={(corpora.data ?? []).map(({ id, name, noteCount }) => ({
          value: id,
          label: `${name} (${String(noteCount)} notes)`,
        }))}
      />
      <Switch
        checked={all}
        label="Annotated notes too"
        onChange={(event) => setAll(event.currentTarget.checked)}
      />
      <Button
        icon="predictive-analysis"
        text="Write suggestions"
        loading={start.busy}
        disabled={running || corpusId === undefined}
        onClick={() => void start.run()}
      />
      {[corpora.error, start.error].map(
        (error) => error && <ErrorCallout key={error.message} error={error} />,
      )}
      {job !== undefined && <JobProgress job={job} onCancel={cancel} />}
      {job?.state === 'finished' && (
        <p role="status">
          {suggested(job.result)}{' '}
          <Button size="small" text="Review them" onClick={() => navigate('/annotation')} />
        </p>
      )}
    </section>
  );
}

function suggested(result: unknown): string {
  const { notes, spans } = result as { readonly notes: number; readonly spans: number };
  return notes === 0
    ? 'Every note of this corpus is annotated already; nothing was left to suggest.'
    : `${String(spans)} spans suggested in ${String(notes)} notes.`;
}
