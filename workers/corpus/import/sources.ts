import type { Dirent, Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ImportFormat, Rejection } from '../../api/corpus.ts';
import { MedspanError } from '../../api/errors.ts';
import type { NamedFile } from './source-file.ts';
import { unreadable } from './source-file.ts';

/** A file that was chosen, or that lies in a chosen folder. */
export interface FoundFile extends NamedFile {
  readonly bytes: number;
  /** Folder and name without extension: what ids of its notes begin with, the same wherever it lies. */
  readonly idPrefix: string;
}

/** What is read as one: a single file, or a sentence file with its label file. */
export interface Source {
  readonly file: FoundFile;
  readonly labels: FoundFile | null;
}

export interface Sources {
  readonly sources: readonly Source[];
  readonly rejected: readonly Rejection[];
}

const mostFiles = 2_000_000;

/** The files behind what a person chose, in the order of their names. */
export async function findFiles(paths: readonly string[]): Promise<FoundFile[]> {
  const found = new Map<string, FoundFile>();
  for (const path of paths) {
    let facts: Stats;
    try {
      facts = await stat(path);
    } catch (error) {
      throw unreadable({ name: basename(path) }, error);
    }
    if (facts.isDirectory()) await walk(path, '', basename(path), found);
    else if (facts.isFile()) {
      const name = basename(path);
      found.set(path, {
        path,
        name,
        bytes: facts.size,
        idPrefix: `${basename(dirname(path))}/${stem(name)}`,
      });
    }
  }
  return distinctNames([...found.values()]).sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.path < b.path ? -1 : 1,
  );
}

/** Files of one name from several places are called by their folder too, else by their whole path. */
function distinctNames(files: readonly FoundFile[]): FoundFile[] {
  const byName = (all: readonly FoundFile[]) => {
    const counts = new Map<string, number>();
    for (const file of all) counts.set(file.name, (counts.get(file.name) ?? 0) + 1);
    return (file: FoundFile): boolean => counts.get(file.name) === 1;
  };
  const single = byName(files);
  const longer = files.map((file) =>
    single(file) ? file : { ...file, name: `${basename(dirname(file.path))}/${basename(file.path)}` },
  );
  const singleNow = byName(longer);
  return longer.map((file) => (singleNow(file) ? file : { ...file, name: file.path }));
}

async function walk(
  root: string,
  inner: string,
  rootName: string,
  found: Map<string, FoundFile>,
): Promise<void> {
  let entries: Dirent[];
  try {
    entries = await readdir(join(root, inner), { withFileTypes: true });
  } catch (error) {
    throw unreadable({ name: inner === '' ? rootName : inner }, error);
  }
  for (const entry of entries) {
    // Hidden files are editors' and systems' own; links could lead out of the chosen folder, or round and round.
    if (entry.name.startsWith('.') || entry.isSymbolicLink()) continue;
    const name = inner === '' ? entry.name : `${inner}/${entry.name}`;
    if (entry.isDirectory()) await walk(root, name, rootName, found);
    else if (entry.isFile()) {
      if (found.size >= mostFiles) {
        throw new MedspanError(
          'BAD_FILE',
          `The folder “${rootName}” has more than ${String(mostFiles)} files. Import its parts one by one.`,
        );
      }
      const path = join(root, name);
      const { size } = await stat(path);
      found.set(path, { path, name, bytes: size, idPrefix: `${rootName}/${stem(name)}` });
    }
  }
}

function stem(name: string): string {
  return name.replace(/\.[^./]{1,10}$/, '');
}

const sentenceName = /^(.*?)[._-]?(sents?|sentences|tokens)(\.[a-z]+)?$/i;
const labelName = /^(.*?)[._-]?(labels?|tags)(\.[a-z]+)?$/i;

/** Sorts files into what the chosen format reads; what it cannot read is named, not passed over in silence. */
export function arrangeSources(files: readonly FoundFile[], format: ImportFormat): Sources {
  if (format === 'token-pairs') return pairUp(files);
  const fits = fileFilters[format];
  const sources: Source[] = [];
  const rejected: Rejection[] = [];
  for (const file of files) {
    // A single chosen file is read as the person says, whatever its name.
    if (files.length === 1 || fits.test(file.name)) sources.push({ file, labels: null });
    else
      rejected.push({
        file: file.name,
        line: null,
        reason: `The name does not look like ${formatNames[format]}.`,
      });
  }
  return { sources, rejected };
}

const fileFilters = {
  conll: /\.(conll|iob2?|bio|tsv|txt|tags)$/i,
  jsonl: /\.(jsonl|ndjson|json)$/i,
  text: /\.(txt|text)$/i,
} as const;

export const formatNames: Readonly<Record<ImportFormat, string>> = {
  'token-pairs': 'token and label pairs',
  conll: 'CoNLL (token and tag columns)',
  jsonl: 'JSONL (one note a line)',
  text: 'text files (one note a file)',
};

function pairUp(files: readonly FoundFile[]): Sources {
  const labels = new Map<string, FoundFile>();
  for (const file of files) {
    const match = labelName.exec(file.path);
    if (match?.[1] !== undefined) labels.set(match[1], file);
  }
  const sources: Source[] = [];
  const rejected: Rejection[] = [];
  const used = new Set<FoundFile>();
  for (const file of files) {
    const base = sentenceName.exec(file.path)?.[1];
    if (base === undefined) continue;
    used.add(file);
    const pair = labels.get(base);
    if (pair === undefined) {
      rejected.push({
        file: file.name,
        line: null,
        reason: 'There is no label file beside it (the same name ending in _label).',
      });
      continue;
    }
    used.add(pair);
    sources.push({
      file: { ...file, idPrefix: sentenceName.exec(file.idPrefix)?.[1] ?? file.idPrefix },
      labels: pair,
    });
  }
  for (const file of files) {
    if (used.has(file)) continue;
    const reason = labelName.test(file.path)
      ? 'There is no sentence file beside it (the same name ending in _sent).'
      : 'The name ends neither in _sent nor in _label.';
    rejected.push({ file: file.name, line: null, reason });
  }
  return { sources, rejected };
}
