import { foldCase } from '../../crf-core/index.ts';
import type { Segments } from '../training/service.ts';
import { sentenceRanges } from '../training/service.ts';

export interface Mention {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

/** A disease and a treatment that were found together, in one sentence or by a link. */
export interface FoundPair {
  readonly disease: Mention;
  readonly treatment: Mention;
  readonly sentence: readonly [start: number, end: number];
}

export interface Roles {
  readonly diseases: ReadonlySet<string>;
  readonly treatments: ReadonlySet<string>;
}

/** Surface forms that differ in case or white space only are one form. */
export function formKey(surface: string): string {
  return foldCase(surface.replace(/\s+/gu, ' ').trim());
}

/** A surface form as it is shown. */
export function formText(surface: string): string {
  return surface.replace(/\s+/gu, ' ').trim();
}

/** The co-occurrence rule: every disease with every treatment of its sentence. */
export function pairsBySentence(cut: Segments, spans: readonly Mention[], roles: Roles): FoundPair[] {
  const { starts, ends } = cut.tokens;
  const pairs: FoundPair[] = [];
  for (const [from, to] of sentenceRanges(cut.sentences)) {
    const bounds = [starts[from] ?? 0, ends[to - 1] ?? 0] as const;
    const here = spans.filter((span) => span.start >= bounds[0] && span.start < bounds[1]);
    const treatments = here.filter((span) => roles.treatments.has(span.label));
    for (const disease of here.filter((span) => roles.diseases.has(span.label))) {
      for (const treatment of treatments) pairs.push({ disease, treatment, sentence: bounds });
    }
  }
  return pairs;
}

/** Pairs that an annotator linked, whichever way the link points. */
export function pairsByLink(
  cut: Segments,
  spans: readonly Mention[],
  links: readonly { readonly from: number; readonly to: number }[],
  roles: Roles,
): FoundPair[] {
  return links.flatMap(({ from, to }) => {
    const [first, second] = [spans[from], spans[to]];
    if (first === undefined || second === undefined) return [];
    const [disease, treatment] = roles.diseases.has(first.label) ? [first, second] : [second, first];
    if (!roles.diseases.has(disease.label) || !roles.treatments.has(treatment.label)) return [];
    return [{ disease, treatment, sentence: around(cut, disease, treatment) }];
  });
}

/** From the sentence where the pair begins to the one where it ends. */
function around(cut: Segments, one: Mention, other: Mention): readonly [number, number] {
  const [low, high] = [Math.min(one.start, other.start), Math.max(one.end, other.end)];
  const { starts, ends } = cut.tokens;
  let [start, end] = [low, high];
  for (const [from, to] of sentenceRanges(cut.sentences)) {
    const [first, last] = [starts[from] ?? 0, ends[to - 1] ?? 0];
    if (first <= low && low < last) start = first;
    if (first < high && high <= last) end = last;
  }
  return [start, end];
}
