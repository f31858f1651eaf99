import { Suspense } from 'react';
import type { WorkspaceInfo } from '../../../workers/api/workspace.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { routeSegments, usePath } from '../../ui/navigation.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import type { AreaId } from '../areas.ts';
import { areas } from '../areas.ts';
import { HomeScreen } from '../home/HomeScreen.tsx';
import { screens } from '../routes.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Rail } from './Rail.tsx';
import { TitleBar } from './TitleBar.tsx';
import { WorkspaceCommands } from './WorkspaceCommands.tsx';

/** Title bar, rail and the screen of the route. */
export function Frame({ workspace }: { readonly workspace: WorkspaceInfo }) {
  const [area = 'home', ...path] = routeSegments(usePath());
  const title = areas.find(({ id }) => id === area)?.title ?? 'Home';
  return (
    <>
      <a className="skip-link" href="#content" onClick={(event) => (event.preventDefault(), focusContent())}>
        Skip to the content
      </a>
      <TitleBar workspace={workspace} />
      <div className="frame-body">
        <Rail area={area} />
        <main id="content" className="frame-content" tabIndex={-1} aria-label={title}>
          <ErrorBoundary key={area} name={title}>
            <Suspense fallback={<Skeleton lines={8} />}>
              <Shown area={area} path={path} />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
      <WorkspaceCommands workspace={workspace} />
    </>
  );
}

function Shown({ area, path }: { readonly area: string; readonly path: readonly string[] }) {
  if (area === 'home') return <HomeScreen />;
  const Area = Object.hasOwn(screens, area) ? screens[area as AreaId] : undefined;
  if (Area !== undefined) return <Area path={path} />;
  return (
    <EmptyState
      icon="path-search"
      title="No such place"
      description={`There is no screen called “${area}”. The rail at the left names all there are.`}
    />
  );
}

function focusContent(): void {
  document.getElementById('content')?.focus();
}
