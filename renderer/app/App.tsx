import { BlueprintProvider } from '@blueprintjs/core';
import { Suspense } from 'react';
import { Skeleton } from '../ui/Skeleton.tsx';
import { routeSegments, usePath } from '../ui/navigation.ts';
import type { AreaId } from './areas.ts';
import { screens } from './routes.tsx';

export function App() {
  const [area, ...path] = routeSegments(usePath());
  const Shown = area !== undefined && area in screens ? screens[area as AreaId] : null;
  return (
    <BlueprintProvider>
      <Suspense fallback={<Skeleton />}>{Shown !== null && <Shown path={path} />}</Suspense>
    </BlueprintProvider>
  );
}
