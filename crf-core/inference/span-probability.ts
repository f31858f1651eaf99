import { parseTag, type TagScheme } from '../text/schemes.ts';
import type { Lattice } from './lattice.ts';

/** Label ids of the tags that mark each place of a span of one label; -1 where the model has no such tag. */
export interface SpanTags {
  readonly label: string;
  readonly begin: number;
  readonly inside: number;
  readonly end: number;
  readonly single: number;
}

/** Groups a model's tags by span label. */
export function spanTagsOf(tags: readonly string[], scheme: TagScheme): SpanTags[] {
  const groups = new Map<
    string,
    { label: string; begin: number; inside: number; end: number; single: number }
  >();
  const field = { B: 'begin', I: 'inside', E: 'end', S: 'single' } as const;
  tags.forEach((tag, index) => {
    const { place, label } = parseTag(tag, scheme);
    if (place === 'O') return;
    const group = groups.get(label) ?? { label, begin: -1, inside: -1, end: -1, single: -1 };
    groups.set(label, group);
    group[field[place]] = index;
  });
  return [...groups.values()];
}

const cell = (lattice: Lattice, t: number, label: number): number => t * lattice.labels + label;

/** Probability mass that reaches `label` at `t` from any label but `except`. */
function enter(lattice: Lattice, t: number, label: number, except: number): number {
  if (t === 0) return lattice.alpha[label]!;
  let mass = 0;
  for (let before = 0; before < lattice.labels; before++) {
    if (before === except) continue;
    mass +=
      lattice.alpha[cell(lattice, t - 1, before)]! * lattice.transitions[before * lattice.labels + label]!;
  }
  return mass * lattice.factors[cell(lattice, t, label)]!;
}

/** Mass that leaves `label` at `t` for any label but `except` (or the sentence's end). */
function leave(lattice: Lattice, t: number, label: number, except: number): number {
  if (t === lattice.length - 1) return 1;
  let mass = 0;
  for (let next = 0; next < lattice.labels; next++) {
    if (next === except) continue;
    const at = cell(lattice, t + 1, next);
    mass += lattice.transitions[label * lattice.labels + next]! * lattice.factors[at]! * lattice.beta[at]!;
  }
  return mass;
}

/**
 * P(the tokens `[from, to)` are exactly one span of this label | x), in closed form from one lattice: the mass that
 * enters at the first token, walks the span's tags and leaves without continuing it.
 */
export function spanProbability(
  lattice: Lattice,
  tags: SpanTags,
  scheme: TagScheme,
  from: number,
  to: number,
): number {
  const path: number[] = [];
  for (let t = from; t < to; t++) {
    if (scheme === 'IO') path.push(tags.inside);
    else if (scheme === 'IOB2') path.push(t === from ? tags.begin : tags.inside);
    else if (to - from === 1) path.push(tags.single);
    else path.push(t === from ? tags.begin : t === to - 1 ? tags.end : tags.inside);
  }
  if (path.some((label) => label < 0)) return 0;
  const first = path[0]!;
  let mass = enter(lattice, from, first, scheme === 'IO' ? tags.inside : -1);
  for (let index = 1; index < path.length; index++) {
    const step = lattice.transitions[path[index - 1]! * lattice.labels + path[index]!]!;
    mass *= step * lattice.factors[cell(lattice, from + index, path[index]!)]!;
  }
  const continues = scheme === 'IOBES' ? -1 : tags.inside;
  return Math.min(1, mass * leave(lattice, to - 1, path[path.length - 1]!, continues));
}

/** E[number of spans of this label | x]: every span begins exactly once. */
export function expectedSpans(lattice: Lattice, tags: SpanTags, scheme: TagScheme): number {
  let sum = 0;
  for (let t = 0; t < lattice.length; t++) {
    if (scheme === 'IO') {
      if (tags.inside >= 0) {
        sum += enter(lattice, t, tags.inside, tags.inside) * lattice.beta[cell(lattice, t, tags.inside)]!;
      }
      continue;
    }
    for (const begin of [tags.begin, scheme === 'IOBES' ? tags.single : -1]) {
      if (begin >= 0) sum += lattice.alpha[cell(lattice, t, begin)]! * lattice.beta[cell(lattice, t, begin)]!;
    }
  }
  return sum;
}
