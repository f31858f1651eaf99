import { Button, HTMLTable } from '@blueprintjs/core';
import { useState } from 'react';
import type { SalvageReport } from '../../../workers/api/workspace.ts';
import { call } from '../../engine-client/engine.ts';
import { useAction } from '../../engine-client/use-action.ts';
import { ErrorCallout } from '../../ui/ErrorCallout.tsx';
import { fileName, saveFile } from '../../ui/files.ts';
import { formatNumber } from '../../ui/format.ts';
import { openWorkspace, workspaceFilter } from '../workspace/open-workspace.ts';
import { noSecret, withSecrets } from '../workspace/secrets.ts';
import { SecretField } from '../workspace/SecretField.tsx';

/** Copies what can still be read of a damaged file into a new one; the damaged file is only read. */
export function Salvage({ path }: { readonly path: string }) {
  const [report, setReport] = useState<SalvageReport | null>(null);
  const [secret, setSecret] = useState(noSecret);
  const salvage = useAction(async () => {
    const defaultName = fileName(path).replace(/\.medspan$/, '') + '-salvaged.medspan';
    const to = await saveFile({ title: 'Save what can be read as', defaultName, filters: [workspaceFilter] });
    if (to === null) return;
    setReport(
      await withSecrets(path, secret, (secrets) => call('workspace.salvage', { path, to, ...secrets })),
    );
  });
  const open = useAction((saved: string) => openWorkspace(saved));
  return (
    <section className="salvage" aria-label="Salvage">
      <h2>Salvage what can be read</h2>
      <p className="muted">
        Reads the damaged file and writes every table that is whole into a new workspace.
      </p>
      <Button icon="lifesaver" text="Salvage…" loading={salvage.busy} onClick={() => void salvage.run()} />
      {salvage.error !== undefined &&
        (salvage.error.code === 'WORKSPACE_KEY' ? (
          <SecretField
            value={secret}
            onChange={setSecret}
            problem={salvage.error.message}
            hint="Then salvage again."
          />
        ) : (
          <ErrorCallout error={salvage.error} title="Nothing was salvaged" />
        ))}
      {report !== null && (
        <>
          <HTMLTable compact striped className="salvage-report">
            <thead>
              <tr>
                <th scope="col">Table</th>
                <th scope="col">Rows saved</th>
                <th scope="col">Whole</th>
              </tr>
            </thead>
            <tbody>
              {report.tables.map(({ table, rows, lost }) => (
                <tr key={table}>
                  <td>{table}</td>
                  <td>{formatNumber(rows, 0)}</td>
                  <td>{lost ? 'rows are missing' : 'yes'}</td>
                </tr>
              ))}
            </tbody>
          </HTMLTable>
          <Button
            intent="primary"
            text={`Open ${fileName(report.savedTo)}`}
            loading={open.busy}
            onClick={() => void open.run(report.savedTo)}
          />
        </>
      )}
    </section>
  );
}
