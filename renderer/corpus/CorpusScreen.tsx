import { EmptyState } from '../ui/EmptyState.tsx';
import { Screen } from '../ui/layout/Screen.tsx';

export function CorpusScreen(_props: { readonly path: readonly string[] }) {
  return (
    <Screen title="Corpus">
      <EmptyState
        icon="document"
        title="No screen in this build"
        description="The engine offers Corpus; its screen is not part of this build yet."
      />
    </Screen>
  );
}
