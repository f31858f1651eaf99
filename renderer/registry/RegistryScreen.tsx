import { EmptyState } from '../ui/EmptyState.tsx';
import { Screen } from '../ui/layout/Screen.tsx';

export function RegistryScreen(_props: { readonly path: readonly string[] }) {
  return (
    <Screen title="Registry">
      <EmptyState
        icon="box"
        title="No screen in this build"
        description="The engine offers Registry; its screen is not part of this build yet."
      />
    </Screen>
  );
}
