import { CorpusOverview } from './overview/CorpusOverview.tsx';
import { ImportWizard } from './wizard/ImportWizard.tsx';

/** `#/corpus`, `#/corpus/3` (one corpus), `#/corpus/import` and `#/corpus/import/3` (into that corpus). */
export function CorpusScreen({ path }: { readonly path: readonly string[] }) {
  if (path[0] === 'import') return <ImportWizard corpusId={asId(path[1])} />;
  return <CorpusOverview corpusId={asId(path[0])} />;
}

function asId(segment: string | undefined): number | null {
  const id = Number(segment);
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}
