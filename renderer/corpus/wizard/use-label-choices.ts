import { useMemo, useState } from 'react';
import type { ImportPreview, LabelChoice } from '../../../workers/api/corpus.ts';

export interface LabelChoicesState {
  readonly choices: Readonly<Record<string, LabelChoice | null>>;
  /** Labels of the source that nobody has decided about. */
  readonly undecided: readonly string[];
  readonly decide: (label: string, choice: LabelChoice | null) => void;
}

/** What becomes of each label of the source: what a person decided, else what was suggested. */
export function useLabelChoices(preview: ImportPreview | undefined): LabelChoicesState {
  const [decided, setDecided] = useState<Readonly<Record<string, LabelChoice | null>>>({});
  return useMemo(() => {
    const choices: Record<string, LabelChoice | null> = {};
    for (const { name, suggestion } of preview?.labels ?? []) {
      choices[name] = Object.hasOwn(decided, name) ? (decided[name] ?? null) : suggestion;
    }
    return {
      choices,
      undecided: Object.keys(choices).filter((name) => choices[name] === null),
      decide: (label, choice) => setDecided((before) => ({ ...before, [label]: choice })),
    };
  }, [preview, decided]);
}
