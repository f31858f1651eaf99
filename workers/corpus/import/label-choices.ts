import type { LabelChoice } from '../../api/corpus.ts';
import type { ImportedLink, ImportedSpan } from '../annotation-ports.ts';
import type { ReadNote } from './read-item.ts';

export type LabelChoices = Readonly<Record<string, LabelChoice>>;

/** Names under which corpora of the field know diseases and treatments. */
const synonyms: readonly (readonly [RegExp, string])[] = [
  [
    /^(d|dis|diseases?|disorders?|problems?|conditions?|diagnos[ie]s|dx|specificdisease|diseaseclass|modifier|compositemention)$/i,
    'Disease',
  ],
  [/^(t|treat|treatments?|therap(y|ies)|drugs?|medications?|chemicals?|procedures?|tx|rx)$/i, 'Treatment'],
];

/** What is likely meant by a label of the source, or null where a person must say. */
export function suggestChoice(name: string, known: readonly string[]): LabelChoice | null {
  const same = known.find((label) => label.toLowerCase() === name.toLowerCase());
  if (same !== undefined) return { action: 'map', label: same };
  const meant = synonyms.find(([pattern]) => pattern.test(name))?.[1];
  return meant !== undefined && known.includes(meant) ? { action: 'map', label: meant } : null;
}

/** The note with the workspace's labels; a reason why it is rejected; its unused spans dropped with their links. */
export function applyChoices(note: ReadNote, choices: LabelChoices): ReadNote | string {
  const spans: ImportedSpan[] = [];
  const places: number[] = [];
  for (const span of note.spans) {
    const choice = Object.hasOwn(choices, span.label) ? choices[span.label] : undefined;
    if (choice === undefined) return `It has a span of a label that nobody decided about: “${span.label}”.`;
    if (choice.action === 'reject')
      return `It has a span labelled “${span.label}”, which the import is set to reject.`;
    places.push(choice.action === 'leave-out' ? -1 : spans.length);
    if (choice.action !== 'leave-out') spans.push({ ...span, label: choice.label });
  }
  const links: ImportedLink[] = [];
  for (const link of note.links) {
    const [from, to] = [places[link.from] ?? -1, places[link.to] ?? -1];
    if (from >= 0 && to >= 0) links.push({ ...link, from, to });
  }
  return { ...note, spans, links };
}
