import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import { useQuery } from '../engine-client/use-query.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorCallout } from '../ui/ErrorCallout.tsx';
import { Panes } from '../ui/layout/Panes.tsx';
import { Screen } from '../ui/layout/Screen.tsx';
import { navigate } from '../ui/navigation.ts';
import { Skeleton } from '../ui/Skeleton.tsx';
import { BatchSuggestions } from './BatchSuggestions.tsx';
import { EndpointHelp } from './EndpointHelp.tsx';
import { ServingFigures } from './ServingFigures.tsx';
import { TreatmentTable } from './TreatmentTable.tsx';
import { TryNote } from './TryNote.tsx';
import { VersionChoice } from './VersionChoice.tsx';
import './serving.css';

/** What serves, a place to try it, suggestions in bulk, the way to an endpoint, and the treatment map as a table. */
export function ServingScreen(_props: { readonly path: readonly string[] }) {
  const state = useQuery('serving.state', {}, { refreshOn: ['registry.changed'] });
  const [chosen, setChosen] = useState<number | null>(null);
  const { data } = state;
  if (data === undefined) {
    return (
      <Screen title="Serving" page>
        {state.error === undefined ? (
          <Skeleton />
        ) : (
          <ErrorCallout error={state.error} onRetry={state.refresh} />
        )}
      </Screen>
    );
  }
  const version =
    data.versions.find(({ modelVersionId }) => modelVersionId === chosen) ??
    data.versions.find(({ modelVersionId }) => modelVersionId === data.production?.modelVersionId) ??
    data.versions.find(({ stage }) => stage === 'Staging') ??
    data.versions[0];
  if (version === undefined) {
    return (
      <Screen title="Serving">
        <EmptyState
          icon="cloud"
          title="Nothing to serve yet"
          description="Serving answers with the version that stands in Production. Register the model of a finished run, and let its checks lead it there."
          action={
            <Button
              intent="primary"
              icon="box"
              text="Go to the registry"
              onClick={() => navigate('/registry')}
            />
          }
        />
      </Screen>
    );
  }
  return (
    <Screen
      title="Serving"
      subtitle={
        data.production === null ? (
          'Nothing is in Production yet; any version can be tried'
        ) : (
          <span>
            <strong>{data.production.name}</strong> serves
          </span>
        )
      }
      actions={
        <VersionChoice versions={data.versions} chosen={version.modelVersionId} onChoose={setChosen} />
      }
    >
      <Panes
        id="serving"
        work={
          <div className="serving-work">
            <TryNote versionId={version.modelVersionId} versionName={version.name} />
            <TreatmentTable />
          </div>
        }
        detailLabel="Figures, suggestions and endpoint"
        detailSize={380}
        detail={
          <div className="serving-side">
            <ServingFigures state={data} versionId={version.modelVersionId} />
            <BatchSuggestions versionId={version.modelVersionId} versionName={version.name} />
            <EndpointHelp state={data} />
          </div>
        }
      />
    </Screen>
  );
}
