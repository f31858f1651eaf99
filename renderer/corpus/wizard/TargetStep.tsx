import { Button, FormGroup, HTMLSelect, InputGroup } from '@blueprintjs/core';
import type { FormEvent } from 'react';
import { useState } from 'react';
import type { ImportFormat, ImportPreview, LabelChoice } from '../../../workers/api/corpus.ts';
import { call } from '../../engine-client/engine.ts';
import { useAction } from '../../engine-client/use-action.ts';
import { useQuery } from '../../engine-client/use-query.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { fileName } from '../../ui/files.ts';
import { formatCount } from '../../ui/format.ts';
import type { Chosen } from './use-import-plan.ts';
import type { LabelChoicesState } from './use-label-choices.ts';

export interface Started {
  readonly corpusId: number;
  readonly importId: number;
  readonly jobId: number;
}

interface TargetStepProps {
  readonly chosen: Chosen;
  readonly format: ImportFormat;
  readonly preview: ImportPreview;
  readonly labels: LabelChoicesState;
  /** null for a new corpus. */
  readonly target: number | null;
  readonly onTarget: (corpusId: number | null) => void;
  readonly onStarted: (started: Started) => void;
}

const newCorpus = 'new';

/** Where the notes go, what becomes of known ids, and the start. */
export function TargetStep(props: TargetStepProps) {
  const { chosen, preview, labels, target } = props;
  const corpora = useQuery('corpus.list', {}, { refreshOn: ['corpus.changed'] });
  const [name, setName] = useState<string | null>(null);
  const [duplicates, setDuplicates] = useState<'skip' | 'reject'>('skip');
  const corpusName = name ?? suggestName(chosen.paths);
  const start = useAction(async () => {
    const corpusId = target ?? (await call('corpus.create', { name: corpusName })).id;
    props.onTarget(corpusId);
    const decided = Object.entries(labels.choices).filter(
      (entry): entry is [string, LabelChoice] => entry[1] !== null,
    );
    const spec = {
      corpusId,
      paths: [...chosen.paths],
      format: props.format,
      offsetUnit: chosen.offsetUnit,
      unit: chosen.unit,
      labels: Object.fromEntries(decided),
      duplicates,
    };
    props.onStarted({ corpusId, ...(await call('corpus.startImport', spec)) });
  });
  const blocked = whyBlocked(preview, labels, target, corpusName);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (blocked === null) void start.run();
  };
  return (
    <section className="wizard-step" aria-labelledby="target-heading">
      <h2 id="target-heading">3. Import</h2>
      <form className="wizard-row" onSubmit={submit}>
        <FormGroup label="Into" labelFor="import-target">
          <HTMLSelect
            id="import-target"
            value={target ?? newCorpus}
            onChange={({ currentTarget: { value } }) =>
              props.onTarget(value === newCorpus ? null : Number(value))
            }
            options={[
              ...(corpora.data ?? []).map((corpus) => ({ value: corpus.id, label: corpus.name })),
              { value: newCorpus, label: 'A new corpus' },
            ]}
          />
        </FormGroup>
        {target === null && (
          <FormGroup label="Name of the corpus" labelFor="import-corpus-name">
            <InputGroup id="import-corpus-name" value={corpusName} onValueChange={setName} />
          </FormGroup>
        )}
        {preview.duplicateCount > 0 && (
          <FormGroup label="A note whose id is there already" labelFor="import-duplicates">
            <HTMLSelect
              id="import-duplicates"
              value={duplicates}
              onChange={({ currentTarget: { value } }) =>
                setDuplicates(value === 'reject' ? 'reject' : 'skip')
              }
              options={[
                { value: 'skip', label: 'is left out and counted' },
                { value: 'reject', label: 'is listed as rejected' },
              ]}
            />
          </FormGroup>
        )}
        <Button
          className="wizard-start"
          type="submit"
          intent="primary"
          icon="import"
          text={`Import ${formatCount(preview.noteCount, 'note')}`}
          disabled={blocked !== null}
          loading={start.busy}
          aria-describedby="import-blocked"
        />
      </form>
      <p id="import-blocked" className="muted">
        {blocked ??
          'The notes appear all at once when everything is in. Until then the import can be cancelled without trace.'}
      </p>
      {start.error !== undefined && <ErrorCallout error={start.error} />}
    </section>
  );
}

function whyBlocked(
  preview: ImportPreview,
  labels: LabelChoicesState,
  target: number | null,
  name: string,
): string | null {
  if (preview.noteCount === 0)
    return 'Nothing can come in. The rejections above say why; choose other files or another format.';
  if (labels.undecided.length > 0)
    return `Decide what becomes of ${labels.undecided.slice(0, 5).join(', ')} first.`;
  if (target === null && name.trim() === '') return 'Give the corpus a name.';
  return null;
}

/** The folder's name, or that of the first file without its ending. */
function suggestName(paths: readonly string[]): string {
  return fileName(paths[0] ?? '').replace(/\.[a-z0-9]+$/i, '') || 'Notes';
}
