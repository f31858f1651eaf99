import type { Part } from '../../api/corpus.ts';
import { longestSentence } from './limits.ts';
import { readLines, tooLongLine } from './lines.ts';
import type { ReadItem } from './read-item.ts';
import { rejected, textProblem } from './read-item.ts';
import { joinTokens, spanOfRun } from './sentence.ts';
import type { ProbedFile, Reading } from './source-file.ts';
import { readSentenceTags } from './tag-runs.ts';

export interface ConllFile {
  readonly file: ProbedFile;
  readonly idPrefix: string;
  readonly part: Part | null;
  /** Whether `-DOCSTART-` begins a note, or every sentence is one. */
  readonly unit: 'document' | 'sentence';
}

interface Problem {
  readonly line: number;
  readonly reason: string;
}

/**
 * Token in the first column, tag in the last; a TAB or blanks between; a blank line ends a sentence. Without
 * `-DOCSTART-` each sentence is a note; with it, a note is a document with one sentence a line.
 */
export async function* readConll(source: ConllFile, reading: Reading): AsyncGenerator<ReadItem> {
  let sentences: string[][] = [];
  let tags: string[] = [];
  let lineOf: number[] = [];
  let current: string[] = [];
  let firstLine = 0;
  let problem: Problem | null = null;
  let inDocument = false;
  let number = 0;

  function* finish(): Generator<ReadItem> {
    if (current.length > 0) sentences.push(current);
    current = [];
    if (firstLine > 0) {
      number++;
      yield* toNote(source, number, firstLine, sentences, tags, lineOf, problem);
    }
    sentences = [];
    tags = [];
    lineOf = [];
    firstLine = 0;
    problem = null;
  }

  for await (const lines of readLines(source.file, reading)) {
    for (const line of lines) {
      const text = line.text?.trim();
      if (text === '') {
        if (current.length > 0) sentences.push(current);
        current = [];
        if (!inDocument) yield* finish();
        continue;
      }
      if (text?.startsWith('-DOCSTART-') === true) {
        yield* finish();
        inDocument = source.unit === 'document';
        continue;
      }
      if (firstLine === 0) firstLine = line.number;
      if (problem !== null) continue;
      const columns = text === undefined ? [] : splitColumns(line.text ?? '');
      const [token, tag] = [columns[0], columns.at(-1)];
      if (text === undefined) problem = { line: line.number, reason: tooLongLine };
      else if (columns.length < 2 || token === undefined || tag === undefined) {
        problem = {
          line: line.number,
          reason: 'The line has one column; a token and a tag are needed, with a TAB between.',
        };
      } else if (tags.length >= longestSentence) {
        problem = {
          line: line.number,
          reason: `More than ${String(longestSentence)} tokens without a blank line.`,
        };
      } else {
        current.push(token);
        tags.push(tag);
        lineOf.push(line.number);
      }
    }
  }
  yield* finish();
}

/** TAB where the line has one, else any blanks. A token may hold blanks only between TABs. */
function splitColumns(line: string): string[] {
  const parts = line.includes('\t') ? line.split('\t').map((part) => part.trim()) : line.trim().split(/\s+/);
  return parts[0] === '' ? [] : parts;
}

function* toNote(
  source: ConllFile,
  number: number,
  line: number,
  sentences: readonly (readonly string[])[],
  tags: readonly string[],
  lineOf: readonly number[],
  problem: Problem | null,
): Generator<ReadItem> {
  const file = source.file.name;
  if (problem !== null) {
    yield rejected(file, problem.line, problem.reason);
    return;
  }
  const reading = readSentenceTags(
    tags,
    sentences.map((sentence) => sentence.length),
  );
  if (reading.badTag >= 0) {
    yield rejected(
      file,
      lineOf[reading.badTag] ?? line,
      'The last column is no tag. Tags are O, or B- or I- before the name of a label.',
    );
    return;
  }
  if (reading.withoutBegin > 0) {
    yield {
      kind: 'notice',
      text: `${file}: some spans begin with I- (IOB1); they were read as beginning there.`,
    };
  }
  const { text, offsets } = joinTokens(sentences);
  const bad = textProblem(text);
  if (bad !== null) {
    yield rejected(file, line, bad);
    return;
  }
  yield {
    kind: 'note',
    file,
    line,
    externalId: `${source.idPrefix}/${String(number)}`,
    text,
    tokenOffsets: offsets,
    spans: reading.runs.map((run) => spanOfRun(run, offsets)),
    links: [],
    annotated: true,
    part: source.part,
  };
}
