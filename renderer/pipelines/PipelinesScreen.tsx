import { EmptyState } from '../ui/EmptyState.tsx';
import { Screen } from '../ui/layout/Screen.tsx';

export function PipelinesScreen(_props: { readonly path: readonly string[] }) {
  return (
    <Screen title="Pipelines">
      <EmptyState
        icon="data-lineage"
        title="No screen in this build"
        description="The engine offers Pipelines; its screen is not part of this build yet."
      />
    </Screen>
  );
}
