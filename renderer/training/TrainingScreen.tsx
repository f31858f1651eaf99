import { EmptyState } from '../ui/EmptyState.tsx';
import { Screen } from '../ui/layout/Screen.tsx';

export function TrainingScreen(_props: { readonly path: readonly string[] }) {
  return (
    <Screen title="Training">
      <EmptyState
        icon="learning"
        title="No screen in this build"
        description="The engine offers Training; its screen is not part of this build yet."
      />
    </Screen>
  );
}
