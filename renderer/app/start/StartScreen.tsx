import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import type { WorkspaceState } from '../../../workers/api/workspace.ts';
import { useAction } from '../../engine-client/use-action.ts';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { chooseAndOpen, openSample, openWorkspace } from '../workspace/open-workspace.ts';
import { CreateDialog } from './CreateDialog.tsx';
import { RecentList } from './RecentList.tsx';
import { Refused } from './Refused.tsx';
import './start.css';

/** No workspace is open: make one, open one, or look at the sample. */
export function StartScreen({ state }: { readonly state: Exclude<WorkspaceState, { state: 'open' }> }) {
  const [creating, setCreating] = useState(false);
  const open = useAction(async (path: string | null) =>
    path === null ? chooseAndOpen() : openWorkspace(path),
  );
  const sample = useAction(openSample);
  const opening = state.state === 'opening' || open.busy || sample.busy;
  useCommands([
    {
      id: 'workspace.new',
      title: 'New workspace',
      group: 'Workspace',
      keys: 'mod+n',
      run: () => setCreating(true),
    },
    {
      id: 'workspace.open',
      title: 'Open workspace',
      group: 'Workspace',
      keys: 'mod+o',
      run: () => void open.run(null),
    },
    {
      id: 'workspace.sample',
      title: 'Open the sample workspace',
      group: 'Workspace',
      run: () => void sample.run(),
    },
  ]);
  // A refusal is told by the engine's state; the call's own error says the same and is not shown twice.
  const refused = state.state === 'refused' ? state : null;
  const failure = refused === null ? (open.error ?? sample.error) : undefined;
  return (
    <main className="start" id="content">
      <div className="start-inner">
        <header className="start-head">
          <h1>Medspan</h1>
          <p>Turns clinical notes into disease and treatment data, on this machine and nowhere else.</p>
        </header>
        {refused !== null && <Refused key={refused.path} path={refused.path} error={refused.error} />}
        {failure !== undefined && <ErrorCallout error={failure} title="The workspace could not be opened" />}
        <div className="start-columns">
          <section aria-labelledby="start-do">
            <h2 id="start-do">Start</h2>
            <div className="start-actions">
              <Button
                icon="add"
                alignText="start"
                text="New workspace…"
                onClick={() => setCreating(true)}
                disabled={opening}
              />
              <Button
                icon="folder-open"
                alignText="start"
                text="Open workspace…"
                onClick={() => void open.run(null)}
                disabled={opening}
              />
              <Button
                icon="lab-test"
                alignText="start"
                text="Open the sample workspace"
                onClick={() => void sample.run()}
                loading={sample.busy}
                disabled={opening}
              />
            </div>
            <p className="muted">
              A workspace is one file. The sample holds about 400 synthetic notes with gold spans and four
              weeks of prediction logs.
            </p>
          </section>
          <section aria-labelledby="start-recent">
            <h2 id="start-recent">Recent</h2>
            <RecentList onOpen={(path) => void open.run(path)} disabled={opening} />
          </section>
        </div>
        <p className="start-status" role="status">
          {state.state === 'opening' ? 'Opening the workspace…' : ''}
        </p>
      </div>
      {creating && <CreateDialog onClose={() => setCreating(false)} />}
    </main>
  );
}
