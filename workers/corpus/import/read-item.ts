import type { Part } from '../../api/corpus.ts';
import type { ImportedLink, ImportedSpan } from '../annotation-ports.ts';
import { longestNote } from './limits.ts';
import type { ProbedFile } from './source-file.ts';

/** A note as a file has it, before labels are mapped and before it has a row. */
export interface ReadNote {
  readonly kind: 'note';
  readonly file: string;
  readonly line: number;
  readonly externalId: string;
  readonly text: string;
  /** Start and end of each of the source's own tokens, where it brought any. */
  readonly tokenOffsets: Uint32Array | null;
  /** Labels still as the source calls them. */
  readonly spans: readonly ImportedSpan[];
  readonly links: readonly ImportedLink[];
  /** Whether somebody looked for spans here, be it that there are none. */
  readonly annotated: boolean;
  readonly part: Part | null;
  readonly patientId?: string | undefined;
  readonly noteType?: string | undefined;
  readonly author?: string | undefined;
  readonly site?: string | undefined;
  readonly writtenAt?: number | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
}

export interface ReadRejection {
  readonly kind: 'rejected';
  readonly file: string;
  readonly line: number | null;
  /** Names no text of the note. */
  readonly reason: string;
}

/** Something tolerated; it is said once for each text. */
export interface ReadNotice {
  readonly kind: 'notice';
  readonly text: string;
}

/** A file is about to be read; its notes follow. */
export interface ReadFile {
  readonly kind: 'file';
  readonly file: ProbedFile;
}

export type ReadItem = ReadFile | ReadNote | ReadRejection | ReadNotice;

export function rejected(file: string, line: number | null, reason: string): ReadRejection {
  return { kind: 'rejected', file, line, reason };
}

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Why a text cannot be stored as it is, or null. */
export function textProblem(text: string): string | null {
  if (text.length > longestNote) {
    return `The note has ${String(text.length)} characters; the longest that fits is ${String(longestNote)}. Divide it.`;
  }
  if (text.includes('\0')) return 'The text holds a NUL character. Remove it from the source.';
  if (loneSurrogate.test(text)) {
    return 'The text holds half a character (a lone surrogate). Export the source again as UTF-8.';
  }
  return null;
}

/** The part that a file name speaks of: `train_sent`, `notes.test.jsonl`, `devel.tsv`. */
export function partOfName(name: string): Part | null {
  const words = name.toLowerCase().split(/[^a-z]+/);
  if (words.includes('train') || words.includes('training')) return 'train';
  if (words.includes('test') || words.includes('testing')) return 'test';
  if (words.some((word) => ['dev', 'devel', 'development', 'valid', 'validation', 'val'].includes(word)))
    return 'dev';
  return null;
}
