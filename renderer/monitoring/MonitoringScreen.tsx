import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import { call } from '../engine-client/engine.ts';
import { useAction } from '../engine-client/use-action.ts';
import { useJob } from '../engine-client/use-job.ts';
import { useQuery } from '../engine-client/use-query.ts';
import { useCommands } from '../ui/commands/use-commands.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorCallout } from '../ui/ErrorCallout.tsx';
import { chooseFiles } from '../ui/files.ts';
import { JobProgress } from '../ui/JobProgress.tsx';
import { Panes } from '../ui/layout/Panes.tsx';
import { Screen } from '../ui/layout/Screen.tsx';
import { navigate } from '../ui/navigation.ts';
import { Skeleton } from '../ui/Skeleton.tsx';
import { AlertList } from './AlertList.tsx';
import { Audits } from './Audits.tsx';
import { LogImports } from './LogImports.tsx';
import { ReportList } from './ReportList.tsx';
import { ReportView } from './ReportView.tsx';
import { SettingsPopover } from './SettingsPopover.tsx';
import { TimelineView } from './TimelineView.tsx';
import './monitoring.css';

/** `#/monitoring` shows the newest report, `#/monitoring/report/7` that one. */
export function MonitoringScreen({ path }: { readonly path: readonly string[] }) {
  const reports = useQuery('monitoring.reports', { limit: 200 }, { refreshOn: ['monitoring.changed'] });
  const timeline = useQuery('monitoring.timeline', { bucket: 'week' }, { refreshOn: ['monitoring.changed'] });
  const [jobId, setJobId] = useState<number | null>(null);
  const { job, cancel } = useJob(jobId);
  const asked = path[0] === 'report' ? Number(path[1]) : null;
  const reportId = asked ?? reports.data?.rows[0]?.id ?? null;

  const importLogs = useAction(async () => {
    const paths = await chooseFiles({
      title: 'Import prediction logs',
      many: true,
      filters: [{ name: 'Prediction logs', extensions: ['jsonl', 'log', 'ndjson'] }],
    });
    if (paths.length > 0) setJobId((await call('monitoring.importLogs', { paths: [...paths] })).jobId);
  });
  const compare = useAction(async (from?: number, to?: number) => {
    const window = from === undefined || to === undefined ? {} : { from, to };
    setJobId((await call('monitoring.compare', window)).jobId);
    navigate('/monitoring');
  });
  useCommands([
    {
      id: 'monitoring.import',
      title: 'Import prediction logs',
      group: 'Monitoring',
      run: () => void importLogs.run(),
    },
    {
      id: 'monitoring.compare',
      title: 'Compare all logs with the reference',
      group: 'Monitoring',
      when: () => (timeline.data?.points.length ?? 0) > 0,
      run: () => void compare.run(),
    },
  ]);

  const importButton = (
    <Button
      icon="import"
      text="Import logs…"
      onClick={() => void importLogs.run()}
      loading={importLogs.busy}
    />
  );
  const failure = importLogs.error ?? compare.error ?? timeline.error;
  const empty = timeline.data !== undefined && timeline.data.points.length === 0;

  return (
    <Screen
      title="Monitoring"
      actions={
        <>
          {!empty && importButton}
          <SettingsPopover />
        </>
      }
    >
      <Panes
        id="monitoring"
        listLabel="Reports and logs"
        list={
          <>
            <ReportList rows={reports.data?.rows} selected={reportId} />
            <LogImports />
            <Audits />
          </>
        }
        work={
          <div className="monitoring-work">
            {failure !== undefined && <ErrorCallout error={failure} />}
            {job !== undefined &&
              (job.state === 'running' || job.state === 'queued' || job.error !== null) && (
                <JobProgress job={job} onCancel={cancel} />
              )}
            <AlertList />
            {timeline.data === undefined ? (
              <Skeleton lines={6} />
            ) : empty ? (
              <EmptyState
                icon="pulse"
                title="No prediction logs yet"
                description="A bundle writes one line for each note that it tags. Import these logs to see whether production still looks like the notes the model learnt from."
                action={importButton}
              />
            ) : (
              <TimelineView
                weeks={timeline.data}
                busy={compare.busy}
                onCompare={(from, to) => void compare.run(from, to)}
              />
            )}
            {reportId !== null && <ReportView reportId={reportId} />}
          </div>
        }
      />
    </Screen>
  );
}
