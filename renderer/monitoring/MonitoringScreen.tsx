import { EmptyState } from '../ui/EmptyState.tsx';
import { Screen } from '../ui/layout/Screen.tsx';

export function MonitoringScreen(_props: { readonly path: readonly string[] }) {
  return (
    <Screen title="Monitoring">
      <EmptyState
        icon="pulse"
        title="No screen in this build"
        description="The engine offers Monitoring; its screen is not part of this build yet."
      />
    </Screen>
  );
}
