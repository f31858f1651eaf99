import { Button, Callout, FormGroup, HTMLSelect, ProgressBar } from '@blueprintjs/core';
import type { DragEvent } from 'react';
import { useState } from 'react';
import type { ImportFormat, OffsetUnit } from '../../../workers/api/corpus.ts';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { chooseFiles, chooseFolder, droppedPaths, fileName } from '../../ui/files.ts';
import { formatPercent } from '../../ui/format.ts';
import { showError } from '../../ui/toaster.ts';
import { RejectionList } from '../overview/RejectionList.tsx';
import { formatNames, formats } from '../words.ts';
import { FileList } from './FileList.tsx';
import type { ImportPlanState } from './use-import-plan.ts';

/** Files or a folder, by dialog or dropped, and how they are read. */
export function SourceStep({ state }: { readonly state: ImportPlanState }) {
  const { chosen, plan } = state;
  const [over, setOver] = useState(false);
  const take = (paths: readonly string[]): void => {
    if (paths.length > 0) state.choose({ paths, format: null });
  };
  const pickFiles = (): void =>
    void chooseFiles({ title: 'Files to import', many: true }).then(take).catch(showError);
  const pickFolder = (): void =>
    void chooseFolder('Folder to import')
      .then((path) => take(path === null ? [] : [path]))
      .catch(showError);
  useCommands([
    {
      id: 'corpus.choose-files',
      title: 'Choose files to import',
      group: 'Corpus',
      keys: 'f',
      run: pickFiles,
    },
    {
      id: 'corpus.choose-folder',
      title: 'Choose a folder to import',
      group: 'Corpus',
      keys: 'd',
      run: pickFolder,
    },
  ]);
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(droppedPaths(event.dataTransfer));
  };
  return (
    <section className="wizard-step" aria-labelledby="source-heading">
      <h2 id="source-heading">1. Source</h2>
      <div
        className={`drop-zone${over ? ' drop-zone-over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <Button
          icon="document"
          intent={chosen.paths.length === 0 ? 'primary' : 'none'}
          text="Choose files"
          onClick={pickFiles}
        />
        <Button icon="folder-open" text="Choose a folder" onClick={pickFolder} />
        <span className="muted">
          {chosen.paths.length === 0
            ? 'or drop them here. Nothing is written yet.'
            : chosen.paths.map(fileName).join(', ')}
        </span>
      </div>
      {plan !== undefined && (
        <>
          <div className="wizard-row">
            <FormGroup label="Format" labelFor="import-format" helperText={`Because ${plan.because}.`}>
              <HTMLSelect
                id="import-format"
                value={plan.format}
                onChange={({ currentTarget: { value } }) => state.choose({ format: value as ImportFormat })}
                options={formats.map((format) => ({ value: format, label: formatNames[format] }))}
              />
            </FormGroup>
            {plan.format === 'jsonl' && (
              <FormGroup
                label="Offsets count"
                labelFor="import-offsets"
                helperText="Python counts code points."
              >
                <HTMLSelect
                  id="import-offsets"
                  value={chosen.offsetUnit}
                  onChange={({ currentTarget: { value } }) =>
                    state.choose({ offsetUnit: value as OffsetUnit })
                  }
                  options={[
                    { value: 'auto', label: 'UTF-16, or what the quotes say' },
                    { value: 'utf16', label: 'UTF-16 units' },
                    { value: 'codepoint', label: 'Code points' },
                  ]}
                />
              </FormGroup>
            )}
            {plan.format === 'conll' && (
              <FormGroup
                label="A note is"
                labelFor="import-unit"
                helperText="Without -DOCSTART- it is a sentence."
              >
                <HTMLSelect
                  id="import-unit"
                  value={chosen.unit}
                  onChange={({ currentTarget: { value } }) =>
                    state.choose({ unit: value === 'sentence' ? 'sentence' : 'document' })
                  }
                  options={[
                    { value: 'document', label: 'a document, by -DOCSTART-' },
                    { value: 'sentence', label: 'a sentence' },
                  ]}
                />
              </FormGroup>
            )}
          </div>
          <FileList files={state.preview?.files ?? plan.files} />
          {state.preview === undefined && plan.rejected.length > 0 && <RejectionList rows={plan.rejected} />}
        </>
      )}
      {state.busy && (
        <div className="wizard-reading">
          <ProgressBar
            value={state.fraction}
            animate={false}
            stripes={false}
            aria-label="Reading the files"
          />
          <span role="status">Reading, {formatPercent(state.fraction, 0)}</span>
          <Button size="small" variant="minimal" text="Stop" onClick={state.stop} />
        </div>
      )}
      {!state.busy && plan !== undefined && state.preview === undefined && state.error === undefined && (
        <Callout icon="pause">
          Reading was stopped; nothing was written.{' '}
          <Button size="small" text="Read again" onClick={() => state.choose({})} />
        </Callout>
      )}
    </section>
  );
}
