import { Button } from '@blueprintjs/core';
import type { ServingState } from '../../workers/api/serving.ts';
import { fileName } from '../ui/files.ts';
import { navigate } from '../ui/navigation.ts';
import { Time } from '../ui/Time.tsx';
import { showDone } from '../ui/toaster.ts';

/** How an exported bundle becomes an endpoint: commands to copy. */
export function EndpointHelp({ state }: { readonly state: ServingState }) {
  const bundle = state.lastBundle;
  const folder = bundle === null ? null : bundle.packed ? bundle.path.replace(/\.zip$/, '') : bundle.path;
  const enter = folder === null ? [] : [`cd "${folder}"`];
  return (
    <section className="serving-section" aria-labelledby="endpoint-title">
      <h2 id="endpoint-title">Endpoint</h2>
      {bundle === null ? (
        <p>
          A bundle answers over HTTP on any machine with Node 20 or newer.{' '}
          <Button size="small" text="Export one in the registry" onClick={() => navigate('/registry')} />
        </p>
      ) : (
        <p className="muted">
          Last bundle: <code title={bundle.path}>{fileName(bundle.path)}</code>, <Time at={bundle.at} />
          {bundle.packed && '; unpack it first'}
        </p>
      )}
      <Command title="Check it" lines={[...enter, 'node serve.mjs --self-test']} />
      <Command title="Serve it on this machine" lines={[...enter, 'node serve.mjs --port 5001']} />
      <Command
        title="Ask it"
        lines={[
          `curl -H 'content-type: application/json' -d '{"instances": ["History of asthma, on salbutamol."]}' http://127.0.0.1:5001/invocations`,
        ]}
      />
      <Command title="Tag files" lines={[...enter, 'node tag.mjs --log prediction-log.jsonl note.txt']} />
      <p className="muted">
        It speaks the MLflow scoring protocol and appends prediction logs without note text. Bring those back
        under Monitoring.
      </p>
    </section>
  );
}

function Command({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  const text = lines.join('\n');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      showDone('Copied.');
    } catch {
      showDone('The clipboard is not open to this window; select the command and copy it by hand.');
    }
  };
  return (
    <div className="command">
      <div className="command-head">
        <span>{title}</span>
        <Button
          size="small"
          variant="minimal"
          icon="clipboard"
          aria-label={`Copy: ${title}`}
          onClick={() => void copy()}
        />
      </div>
      <pre tabIndex={0} aria-label={title}>
        {text}
      </pre>
    </div>
  );
}
