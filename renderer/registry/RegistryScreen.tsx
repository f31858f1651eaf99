import { Button } from '@blueprintjs/core';
import { useQuery } from '../engine-client/use-query.ts';
import { useCommands } from '../ui/commands/use-commands.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorCallout } from '../ui/ErrorCallout.tsx';
import { Panes } from '../ui/layout/Panes.tsx';
import { Screen } from '../ui/layout/Screen.tsx';
import { navigate, routeOf } from '../ui/navigation.ts';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Ledger } from './ledger/Ledger.tsx';
import { RegisterPanel } from './RegisterPanel.tsx';
import { RollBack } from './RollBack.tsx';
import { StandingLine } from './StandingLine.tsx';
import { VersionPage } from './version/VersionPage.tsx';
import { VersionLanes } from './versions/VersionLanes.tsx';
import './registry.css';

/** Versions and the stages they stand in, the gates between, and the ledger of who moved what. */
export function RegistryScreen({ path }: { readonly path: readonly string[] }) {
  const [kind, number] = path;
  const versions = useQuery('registry.versions', {}, { refreshOn: ['registry.changed', 'run.changed'] });
  const wanted = kind === 'version' ? Number(number) : null;
  const shown = versions.data?.find(({ id }) => id === wanted) ?? versions.data?.[0];
  const neighbour = (step: number): void => {
    const at = versions.data?.findIndex(({ id }) => id === shown?.id) ?? -1;
    const next = versions.data?.[at + step];
    if (next !== undefined) navigate(routeOf('registry', 'version', next.id));
  };
  useCommands([
    {
      id: 'registry.newer',
      title: 'Go to the newer version',
      group: 'Registry',
      keys: 'k',
      run: () => neighbour(-1),
    },
    {
      id: 'registry.older',
      title: 'Go to the older version',
      group: 'Registry',
      keys: 'j',
      run: () => neighbour(1),
    },
  ]);

  if (kind === 'register') return <RegisterPanel runId={Number(number)} />;
  if (versions.error !== undefined) {
    return (
      <Screen title="Registry" page>
        <ErrorCallout error={versions.error} onRetry={versions.refresh} />
      </Screen>
    );
  }
  if (versions.data === undefined) {
    return (
      <Screen title="Registry" page>
        <Skeleton />
      </Screen>
    );
  }
  if (shown === undefined) {
    return (
      <Screen title="Registry">
        <EmptyState
          icon="box"
          title="No version yet"
          description="A version is the model of a finished run under a name and a number. Open a run and register its model; its checks then lead it to Staging and to Production."
          action={
            <Button
              intent="primary"
              icon="learning"
              text="Go to the runs"
              onClick={() => navigate('/training')}
            />
          }
        />
      </Screen>
    );
  }
  return (
    <Screen
      title="Registry"
      subtitle={<StandingLine versions={versions.data} />}
      actions={<RollBack versions={versions.data} />}
    >
      <Panes
        id="registry"
        listLabel="Versions and stages"
        listSize={400}
        list={<VersionLanes versions={versions.data} selected={shown.id} />}
        work={
          <div className="registry-work">
            <VersionPage key={shown.id} versionId={shown.id} />
            <Ledger />
          </div>
        }
      />
    </Screen>
  );
}
