import { EmptyState } from '../ui/EmptyState.tsx';
import { Screen } from '../ui/layout/Screen.tsx';

export function ServingScreen(_props: { readonly path: readonly string[] }) {
  return (
    <Screen title="Serving">
      <EmptyState
        icon="send-to-graph"
        title="No screen in this build"
        description="The engine offers Serving; its screen is not part of this build yet."
      />
    </Screen>
  );
}
