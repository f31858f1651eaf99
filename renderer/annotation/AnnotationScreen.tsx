import { EmptyState } from '../ui/EmptyState.tsx';
import { Screen } from '../ui/layout/Screen.tsx';

export function AnnotationScreen(_props: { readonly path: readonly string[] }) {
  return (
    <Screen title="Annotation">
      <EmptyState
        icon="highlight"
        title="No screen in this build"
        description="The engine offers Annotation; its screen is not part of this build yet."
      />
    </Screen>
  );
}
