import type { Part } from '../../api/corpus.ts';
import { longestSentence } from './limits.ts';
import { readLines, tooLongLine } from './lines.ts';
import type { ReadItem } from './read-item.ts';
import { rejected, textProblem } from './read-item.ts';
import { joinTokens, runsOfLabels, spanOfRun } from './sentence.ts';
import type { ProbedFile, Reading } from './source-file.ts';

/** A file of tokens and a file of labels that run line by line beside each other. */
export interface TokenPair {
  readonly sentences: ProbedFile;
  readonly labels: ProbedFile;
  /** Ids of its notes begin so. */
  readonly idPrefix: string;
  readonly part: Part | null;
}

interface Block {
  readonly line: number;
  readonly entries: readonly string[];
  readonly problem: string | null;
}

/** Blocks of lines between blank lines. */
async function* readBlocks(file: ProbedFile, reading: Reading): AsyncGenerator<Block> {
  let entries: string[] = [];
  let line = 0;
  let problem: string | null = null;
  for await (const lines of readLines(file, reading)) {
    for (const { number, text } of lines) {
      const entry = text?.trim();
      if (entry === '') {
        if (line > 0) yield { line, entries, problem };
        entries = [];
        line = 0;
        problem = null;
        continue;
      }
      if (line === 0) line = number;
      if (entry === undefined) problem = tooLongLine;
      else if (entries.length < longestSentence) entries.push(entry);
      else
        problem = `The sentence has more than ${String(longestSentence)} tokens. A blank line must end each sentence.`;
    }
  }
  if (line > 0) yield { line, entries, problem };
}

/** Each sentence is one note; a run of one label is one span; `O` is no label. */
export async function* readTokenPairs(pair: TokenPair, reading: Reading): AsyncGenerator<ReadItem> {
  const sentences = readBlocks(pair.sentences, reading);
  const labels = readBlocks(pair.labels, { signal: reading.signal });
  const [tokenFile, labelFile] = [pair.sentences.name, pair.labels.name];
  try {
    for (let number = 1; ; number++) {
      const [sentence, tags] = [await sentences.next(), await labels.next()];
      if (sentence.done === true && tags.done === true) return;
      if (sentence.done === true) {
        if (tags.done !== true) {
          yield rejected(
            labelFile,
            tags.value.line,
            `Labels without a sentence: ${tokenFile} ends before them.`,
          );
        }
        continue;
      }
      if (tags.done === true) {
        yield rejected(
          tokenFile,
          sentence.value.line,
          `A sentence without labels: ${labelFile} ends before it.`,
        );
        continue;
      }
      yield toNote(pair, number, sentence.value, tags.value);
    }
  } finally {
    await sentences.return(undefined);
    await labels.return(undefined);
  }
}

function toNote(pair: TokenPair, number: number, sentence: Block, tags: Block): ReadItem {
  const file = pair.sentences.name;
  if (sentence.problem !== null) return rejected(file, sentence.line, sentence.problem);
  if (tags.problem !== null) return rejected(pair.labels.name, tags.line, tags.problem);
  if (sentence.entries.length !== tags.entries.length) {
    return rejected(
      file,
      sentence.line,
      `The sentence has ${String(sentence.entries.length)} tokens, but ${String(tags.entries.length)} labels from line ${String(tags.line)} of ${pair.labels.name}. Mend either file.`,
    );
  }
  const odd = tags.entries.findIndex((label) => label.length > 80 || /\s/.test(label));
  if (odd >= 0) {
    return rejected(
      pair.labels.name,
      tags.line + odd,
      'The line is not one label: it is longer than 80 characters or has spaces.',
    );
  }
  const { text, offsets } = joinTokens([sentence.entries]);
  const problem = textProblem(text);
  if (problem !== null) return rejected(file, sentence.line, problem);
  return {
    kind: 'note',
    file,
    line: sentence.line,
    externalId: `${pair.idPrefix}/${String(number)}`,
    text,
    tokenOffsets: offsets,
    spans: runsOfLabels(tags.entries).map((run) => spanOfRun(run, offsets)),
    links: [],
    annotated: true,
    part: pair.part,
  };
}
