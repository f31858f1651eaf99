import { createHash } from 'node:crypto';
import type { Part } from '../api/corpus.ts';
import { MedspanError } from '../api/errors.ts';

export type Shares = Readonly<Record<Part, number>>;

/** What of a note decides where it may go. */
export interface Candidate {
  readonly noteId: number;
  readonly externalId: string;
  readonly patientId: string | null;
  readonly part: Part | null;
  readonly sha256: string;
}

export interface Assignment {
  readonly noteId: number;
  readonly part: Part;
  readonly leaked: boolean;
}

const parts = ['train', 'dev', 'test'] as const;

/** Notes that must stay together: equal texts, and notes of one patient. Ordered by the seed. */
function groupsOf(candidates: readonly Candidate[], seed: number): Candidate[][] {
  const parent = candidates.map((_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (parent[root] !== root) root = parent[root] as number;
    while (parent[index] !== root) [parent[index], index] = [root, parent[index] as number];
    return root;
  };
  const firstOf = new Map<string, number>();
  for (const [index, candidate] of candidates.entries()) {
    const keys = [
      `text ${candidate.sha256}`,
      ...(candidate.patientId === null ? [] : [`patient ${candidate.patientId}`]),
    ];
    for (const key of keys) {
      const first = firstOf.get(key);
      if (first === undefined) firstOf.set(key, index);
      else parent[find(index)] = find(first);
    }
  }
  const groups = new Map<number, Candidate[]>();
  for (const [index, candidate] of candidates.entries()) {
    const root = find(index);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [candidate]);
    else group.push(candidate);
  }
  // The order hangs on ids and seed alone, not on the order of import.
  return [...groups.values()]
    .map((group) => {
      const name = group.reduce(
        (least, { externalId }) => (externalId < least ? externalId : least),
        group[0]?.externalId ?? '',
      );
      return {
        group,
        order: createHash('sha256')
          .update(`${String(seed)}\n${name}`)
          .digest('hex'),
      };
    })
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ group }) => group);
}

/** Deals groups out so that each part comes as near to its share as groups allow; no asked part stays empty. */
export function assignRandom(candidates: readonly Candidate[], seed: number, shares: Shares): Assignment[] {
  const wanted = parts.filter((part) => shares[part] > 0);
  const groups = groupsOf(candidates, seed);
  if (groups.length < wanted.length) {
    throw new MedspanError(
      'CANNOT_COMPUTE',
      `There are ${String(groups.length)} notes that may be parted (equal texts and notes of one patient stay together), too few for ${String(wanted.length)} parts. Import more notes.`,
    );
  }
  const dealt = deal(groups, wanted, shares, candidates.length);
  for (const part of wanted) {
    if (dealt[part].length > 0) continue;
    const giver = wanted.reduce((most, other) => (dealt[other].length > dealt[most].length ? other : most));
    const smallest = dealt[giver].reduce((least, group) => (group.length < least.length ? group : least));
    dealt[giver].splice(dealt[giver].indexOf(smallest), 1);
    dealt[part].push(smallest);
  }
  return parts.flatMap((part) => dealt[part].flat().map(({ noteId }) => ({ noteId, part, leaked: false })));
}

function deal(
  groups: readonly Candidate[][],
  wanted: readonly Part[],
  shares: Shares,
  total: number,
): Record<Part, Candidate[][]> {
  const dealt: Record<Part, Candidate[][]> = { train: [], dev: [], test: [] };
  const missing = { train: shares.train * total, dev: shares.dev * total, test: shares.test * total };
  for (const group of groups) {
    const part = wanted.reduce((neediest, other) => (missing[other] > missing[neediest] ? other : neediest));
    dealt[part].push(group);
    missing[part] -= group.length;
  }
  return dealt;
}

/**
 * Takes the parts that the source assigned; notes without one go to train. Where a dev part is asked for and the
 * source has none, it is carved out of train, in groups, from texts that stand nowhere else. What leaks between
 * the source's parts stays where the source put it and is marked.
 */
export function assignBySource(candidates: readonly Candidate[], seed: number, shares: Shares): Assignment[] {
  if (candidates.every(({ part }) => part === null)) {
    throw new MedspanError(
      'CANNOT_COMPUTE',
      'The source assigned no parts to these notes. Split at random, or name the files train, dev and test.',
    );
  }
  const partOf = new Map<number, Part>(candidates.map(({ noteId, part }) => [noteId, part ?? 'train']));
  if (shares.dev > 0 && candidates.every(({ part }) => part !== 'dev'))
    carveDev(candidates, partOf, seed, shares);
  const seenIn = new Map<string, Part>();
  const leaked = new Set<number>();
  for (const part of parts) {
    for (const { noteId, sha256 } of candidates) {
      if (partOf.get(noteId) !== part) continue;
      const first = seenIn.get(sha256);
      if (first === undefined) seenIn.set(sha256, part);
      else if (first !== part) leaked.add(noteId);
    }
  }
  return candidates.map(({ noteId }) => ({
    noteId,
    part: partOf.get(noteId) ?? 'train',
    leaked: leaked.has(noteId),
  }));
}

function carveDev(
  candidates: readonly Candidate[],
  partOf: Map<number, Part>,
  seed: number,
  shares: Shares,
): void {
  const train = candidates.filter(({ noteId }) => partOf.get(noteId) === 'train').length;
  let wanted = Math.round((train * shares.dev) / (shares.dev + shares.train));
  for (const group of groupsOf(candidates, seed)) {
    if (wanted <= 0) return;
    if (group.length > wanted || group.some(({ noteId }) => partOf.get(noteId) !== 'train')) continue;
    for (const { noteId } of group) partOf.set(noteId, 'dev');
    wanted -= group.length;
  }
}
