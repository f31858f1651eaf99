import type { SampleNote } from './make-notes.ts';

/** What is used of the engine. Tools reach other rooms by path alone, so they say what they expect there. */
interface Engine {
  readonly Vocabulary: new () => unknown;
  readonly defaultTemplates: unknown;
  createTrainer(dataset: unknown, options: object): { step(): { done: boolean }; model(): CrfModel };
  createTagger(model: CrfModel): { tagsOf(tokens: readonly string[]): string[] };
  evaluateTags(pairs: readonly TaggedPair[], scheme: string): { spans: { micro: { f1: number } } };
  extract(sentences: readonly Sentence[], templates: unknown, vocabulary: unknown): unknown;
  spansToTags(
    spans: SampleNote['spans'],
    tokens: Tokens,
    scheme: string,
    sentences: Int32Array,
  ): { tags: string[] };
  splitSentences(text: string, tokens: Tokens): Int32Array;
  tokenTexts(text: string, tokens: Tokens): string[];
  tokenize(text: string): Tokens;
}

interface Tokens {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

interface TaggedPair {
  readonly gold: readonly string[];
  readonly predicted: readonly string[];
}

/** A trained model; opaque here. */
export interface CrfModel {
  readonly labels: readonly string[];
}

const crf = (await import(new URL('../../crf-core/index.ts', import.meta.url).href)) as Engine;
const { Vocabulary, createTagger, createTrainer, defaultTemplates, evaluateTags, extract } = crf;
const { spansToTags, splitSentences, tokenTexts, tokenize } = crf;

interface Sentence {
  readonly tokens: string[];
  readonly tags: string[];
}

const scheme = 'IOB2';

function sentencesOf(notes: readonly SampleNote[]): Sentence[] {
  return notes.flatMap((note) => {
    const tokens = tokenize(note.text);
    const bounds = splitSentences(note.text, tokens);
    const { tags } = spansToTags(note.spans, tokens, scheme, bounds);
    const texts = tokenTexts(note.text, tokens);
    return Array.from({ length: bounds.length - 1 }, (_, index) => ({
      tokens: texts.slice(bounds[index], bounds[index + 1]),
      tags: tags.slice(bounds[index], bounds[index + 1]),
    }));
  });
}

/** A CRF as the app trains it by default. */
export function trainOn(notes: readonly SampleNote[], maximumIterations = 60): CrfModel {
  const dataset = extract(sentencesOf(notes), defaultTemplates, new Vocabulary());
  const trainer = createTrainer(dataset, {
    c2: 0.3,
    scheme,
    templateSet: defaultTemplates,
    maximumIterations,
  });
  while (!trainer.step().done);
  return trainer.model();
}

/** Strict span F1 of a model on notes. */
export function scoreOn(model: CrfModel, notes: readonly SampleNote[]): number {
  const tagger = createTagger(model);
  const pairs = sentencesOf(notes).map(({ tokens, tags }) => ({
    gold: tags,
    predicted: tagger.tagsOf(tokens),
  }));
  return evaluateTags(pairs, scheme).spans.micro.f1;
}

/** Strict span F1 of looking up the spans of the training notes, the longest match first. */
export function scoreOfLookup(train: readonly SampleNote[], test: readonly SampleNote[]): number {
  const votes = new Map<string, Map<string, number>>();
  let longest = 0;
  for (const { tokens, tags } of sentencesOf(train)) {
    for (const { start, end, label } of runs(tags)) {
      const key = tokens.slice(start, end).join(' ').toLowerCase();
      const counts = votes.get(key) ?? new Map<string, number>();
      counts.set(label, (counts.get(label) ?? 0) + 1);
      votes.set(key, counts);
      longest = Math.max(longest, end - start);
    }
  }
  const labelOf = new Map(
    [...votes].map(([key, counts]) => [key, [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '']),
  );
  const pairs: TaggedPair[] = sentencesOf(test).map(({ tokens, tags }) => {
    const predicted = tokens.map(() => 'O');
    for (let start = 0; start < tokens.length;) {
      let length = Math.min(longest, tokens.length - start);
      while (
        length > 0 &&
        !labelOf.has(
          tokens
            .slice(start, start + length)
            .join(' ')
            .toLowerCase(),
        )
      )
        length--;
      const label = labelOf.get(
        tokens
          .slice(start, start + length)
          .join(' ')
          .toLowerCase(),
      );
      if (label !== undefined)
        for (let at = 0; at < length; at++) predicted[start + at] = `${at === 0 ? 'B' : 'I'}-${label}`;
      start += Math.max(1, length);
    }
    return { gold: tags, predicted };
  });
  return evaluateTags(pairs, scheme).spans.micro.f1;
}

function runs(tags: readonly string[]): { start: number; end: number; label: string }[] {
  const found: { start: number; end: number; label: string }[] = [];
  for (const [index, tag] of tags.entries()) {
    if (tag.startsWith('B-')) found.push({ start: index, end: index + 1, label: tag.slice(2) });
    else if (tag.startsWith('I-') && found.length > 0) (found.at(-1) as { end: number }).end = index + 1;
  }
  return found;
}

/** The share of the test's distinct surface forms, letter case aside, that training never showed. */
export function unseenForms(train: readonly SampleNote[], test: readonly SampleNote[]): number {
  const forms = (notes: readonly SampleNote[]): Set<string> =>
    new Set(notes.flatMap((note) => note.spans.map(({ quote }) => quote.toLowerCase())));
  const known = forms(train);
  const asked = [...forms(test)];
  return asked.filter((form) => !known.has(form)).length / asked.length;
}
