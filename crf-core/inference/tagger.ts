import { CrfError } from '../errors.ts';
import { Extractor } from '../features/extract.ts';
import { GrowableInt32 } from '../growable.ts';
import type { CrfModel } from '../model/crf-model.ts';
import { checkModel } from '../model/crf-model.ts';
import { legalTransitions, readTags } from '../text/schemes.ts';
import { splitSentences } from '../text/sentences.ts';
import { foldCase } from '../text/unicode.ts';
import type { Tokens } from '../text/tokenizer.ts';
import { tokenize, tokenTexts } from '../text/tokenizer.ts';
import { Decoder } from './decoder.ts';
import { buildLattice, marginals, pathScore, viterbi } from './lattice.ts';
import { expectedSpans, spanProbability, spanTagsOf } from './span-probability.ts';

/** A tagged span of one sentence, in tokens of that sentence. */
export interface TaggedSpan {
  readonly tokenStart: number;
  readonly tokenEnd: number;
  readonly label: string;
  /** P(exactly this span | sentence), closed form. */
  readonly probability: number;
}

/** What the tagger says about one sentence. */
export interface TaggedSentence {
  readonly tags: string[];
  readonly spans: TaggedSpan[];
  /** log P(tags | sentence). */
  readonly logProbability: number;
  /** P(y_t = label), `[t * L + label]` in the model's label order. */
  readonly marginals: Float64Array;
  /** E[number of spans | sentence] of each span label: with the spans' probabilities it estimates F1 without gold. */
  readonly expectedSpans: Record<string, number>;
}

/** A span in a text: UTF-16 characters, end exclusive, and tokens of the whole text. */
export interface TextTaggedSpan extends TaggedSpan {
  readonly start: number;
  readonly end: number;
}

/** What the tagger says about a text. */
export interface TaggedText {
  readonly tokens: Tokens;
  /** Token index at which each sentence begins, and the token count at last. */
  readonly sentences: Int32Array;
  readonly tags: string[];
  readonly spans: TextTaggedSpan[];
  /** log P of each sentence's tags. */
  readonly logProbabilities: Float64Array;
  /** Marginals of each token in turn, `[t * L + label]`. */
  readonly marginals: Float64Array;
  readonly expectedSpans: Record<string, number>;
  /** How many known attributes of each template the text had. */
  readonly attributeCounts: Record<string, number>;
  /** How many attributes of each template the model does not know. */
  readonly unknownCounts: Record<string, number>;
  /** How many attributes the model does not know, over all templates. */
  readonly unknownAttributes: number;
  /** How many tokens have a lower-case form the model has not seen at offset 0. */
  readonly unknownTokens: number;
}

/** Tags tokens and texts with one model. */
export interface Tagger {
  readonly labels: readonly string[];
  /** Tags one sentence given as tokens. No tokens give no tags. */
  tagTokens(tokens: readonly string[]): TaggedSentence;
  /** Tags only: the fast way, without probabilities. */
  tagsOf(tokens: readonly string[]): string[];
  /** Tokenises, splits into sentences and tags a text; `tokens` replaces the tokeniser's where given. */
  tag(text: string, tokens?: Tokens): TaggedText;
}

/** Token types remembered at most, before the memory is dropped and built anew. */
const rememberedTypes = 200_000;

class ModelTagger implements Tagger {
  readonly labels: readonly string[];
  private readonly model: CrfModel;
  private readonly legal;
  private readonly spanTags;
  private readonly bundles = new GrowableInt32();
  private readonly ends = new GrowableInt32();
  private extractor: Extractor;
  private rows = new Float64Array(0);
  private rowsReady = 0;
  private scores = new Float64Array(0);
  private path = new Int32Array(0);
  private readonly decoder: Decoder;
  private readonly lowerSlots: number[];

  constructor(model: CrfModel) {
    if (model.templateSet === null) {
      throw new CrfError(
        'CRF_TEMPLATE_INVALID',
        'The model brings attributes but no templates, so it cannot tag text. Give it the templates it was trained with.',
      );
    }
    checkModel(model);
    this.model = model;
    this.labels = model.labels;
    this.legal = legalTransitions(model.labels, model.scheme);
    this.decoder = new Decoder(model.weights.transitions, model.labels.length, this.legal);
    this.spanTags = spanTagsOf(model.labels, model.scheme);
    this.extractor = new Extractor(model.templateSet, model.attributes);
    this.lowerSlots = model.templateSet.templates.flatMap((template) =>
      'attributes' in template && template.attributes.includes('lower') && template.offsets.includes(0)
        ? [model.attributes.slot({ kind: 'single', template: template.name, offset: 0 })]
        : [],
    );
  }

  private knowsToken(token: string): boolean {
    const value = this.model.attributes.value(`w=${foldCase(token)}`);
    return (
      value >= 0 &&
      this.lowerSlots.some((slot) => slot >= 0 && this.model.attributes.attribute(slot, value) >= 0)
    );
  }

  /** Scores the bundles met since the last call. */
  private scoreNewBundles(): void {
    const { bundleStarts, bundleAttributes, bundleCount } = this.extractor;
    const labels = this.labels.length;
    if (this.rows.length < bundleCount * labels) {
      const larger = new Float64Array(Math.max(1024, bundleCount * labels * 2));
      larger.set(this.rows);
      this.rows = larger;
    }
    const { stateStarts, stateLabels, stateWeights } = this.model.weights;
    for (; this.rowsReady < bundleCount; this.rowsReady++) {
      const row = this.rowsReady * labels;
      for (let at = bundleStarts.data[this.rowsReady]!; at < bundleStarts.data[this.rowsReady + 1]!; at++) {
        const attribute = bundleAttributes.data[at]!;
        for (let f = stateStarts[attribute]!; f < stateStarts[attribute + 1]!; f++) {
          const cell = row + stateLabels[f]!;
          this.rows[cell] = this.rows[cell]! + stateWeights[f]!;
        }
      }
    }
  }

  /** State scores of a sentence; its bundles stay in `this.bundles`. */
  private score(tokens: readonly string[]): Float64Array {
    if (this.extractor.typeCount > rememberedTypes) {
      this.extractor = new Extractor(this.model.templateSet!, this.model.attributes);
      this.rows = new Float64Array(0);
      this.rowsReady = 0;
    }
    this.bundles.length = 0;
    this.ends.length = 0;
    this.extractor.sentence(tokens, this.bundles, this.ends);
    this.scoreNewBundles();
    const labels = this.labels.length;
    if (this.scores.length < tokens.length * labels)
      this.scores = new Float64Array(tokens.length * labels * 2);
    if (this.path.length < tokens.length) this.path = new Int32Array(tokens.length * 2);
    const { scores, rows } = this;
    const bundles = this.bundles.data;
    const ends = this.ends.data;
    scores.fill(0, 0, tokens.length * labels);
    let at = 0;
    for (let t = 0; t < tokens.length; t++) {
      const out = t * labels;
      for (const end = ends[t]!; at < end; at++) {
        const row = bundles[at]! * labels;
        for (let label = 0; label < labels; label++)
          scores[out + label] = scores[out + label]! + rows[row + label]!;
      }
    }
    return scores;
  }

  /** Best labels of the rows in `this.scores`, in `this.path`. */
  private decode(length: number): Int32Array {
    if (!this.decoder.decode(this.scores, length, this.path)) {
      const best = viterbi(this.scores, length, this.model.weights.transitions, this.labels.length, null)!;
      this.path.set(best.labels);
    }
    return this.path;
  }

  tagsOf(tokens: readonly string[]): string[] {
    this.score(tokens);
    const path = this.decode(tokens.length);
    const tags: string[] = [];
    for (let t = 0; t < tokens.length; t++) tags.push(this.labels[path[t]!]!);
    return tags;
  }

  tagTokens(tokens: readonly string[]): TaggedSentence {
    const expected: Record<string, number> = Object.fromEntries(this.spanTags.map(({ label }) => [label, 0]));
    if (tokens.length === 0) {
      return {
        tags: [],
        spans: [],
        logProbability: 0,
        marginals: new Float64Array(0),
        expectedSpans: expected,
      };
    }
    const { scheme, weights } = this.model;
    const size = this.labels.length;
    const scores = this.score(tokens);
    const path = this.decode(tokens.length).slice(0, tokens.length);
    const tags = Array.from(path, (label) => this.labels[label]!);
    const lattice =
      buildLattice(scores, tokens.length, weights.transitions, size, this.legal) ??
      buildLattice(scores, tokens.length, weights.transitions, size, null)!;
    const spans = readTags(tags, scheme).map((span): TaggedSpan => {
      const group = this.spanTags.find(({ label }) => label === span.label)!;
      return {
        ...span,
        probability: spanProbability(lattice, group, scheme, span.tokenStart, span.tokenEnd),
      };
    });
    for (const group of this.spanTags) expected[group.label] = expectedSpans(lattice, group, scheme);
    const logProbability = Math.min(
      0,
      pathScore(scores, weights.transitions, size, path) - lattice.logPartition,
    );
    return { tags, spans, logProbability, marginals: marginals(lattice), expectedSpans: expected };
  }

  tag(text: string, given?: Tokens): TaggedText {
    const tokens = given ?? tokenize(text);
    const sentences = splitSentences(text, tokens);
    const texts = tokenTexts(text, tokens);
    const size = this.labels.length;
    const tags: string[] = [];
    const spans: TextTaggedSpan[] = [];
    const logProbabilities = new Float64Array(Math.max(0, sentences.length - 1));
    const allMarginals = new Float64Array(texts.length * size);
    const expected: Record<string, number> = Object.fromEntries(this.spanTags.map(({ label }) => [label, 0]));
    const slotCounts = new Float64Array(this.model.attributes.slots.length);
    const templates = this.model.templateSet!.templates;
    const unknown = new Float64Array(templates.length);
    for (let index = 0; index + 1 < sentences.length; index++) {
      const from = sentences[index]!;
      const tagged = this.tagTokens(texts.slice(from, sentences[index + 1]));
      tags.push(...tagged.tags);
      for (const { tokenStart, tokenEnd, label, probability } of tagged.spans) {
        const start = tokens.starts[from + tokenStart]!;
        const end = tokens.ends[from + tokenEnd - 1]!;
        spans.push({
          tokenStart: from + tokenStart,
          tokenEnd: from + tokenEnd,
          label,
          probability,
          start,
          end,
        });
      }
      logProbabilities[index] = tagged.logProbability;
      allMarginals.set(tagged.marginals, from * size);
      for (const [label, count] of Object.entries(tagged.expectedSpans))
        expected[label] = expected[label]! + count;
      this.countBundles(slotCounts, unknown);
    }
    const attributeCounts: Record<string, number> = Object.fromEntries(
      templates.map(({ name }) => [name, 0]),
    );
    this.model.attributes.slots.forEach(({ template }, slot) => {
      attributeCounts[template] = (attributeCounts[template] ?? 0) + slotCounts[slot]!;
    });
    const unknownCounts = Object.fromEntries(templates.map(({ name }, index) => [name, unknown[index]!]));
    const unknownTokens = texts.filter((token) => !this.knowsToken(token)).length;
    return {
      tokens,
      sentences,
      tags,
      spans,
      logProbabilities,
      marginals: allMarginals,
      expectedSpans: expected,
      attributeCounts,
      unknownCounts,
      unknownAttributes: unknown.reduce((sum, count) => sum + count, 0),
      unknownTokens,
    };
  }

  /** Adds the last sentence's attributes to the counts by slot, and those it does not know to those by template. */
  private countBundles(slotCounts: Float64Array, unknown: Float64Array): void {
    const { bundleStarts, bundleAttributes, bundleUnknownStarts, bundleUnknownTemplates } = this.extractor;
    this.extractor.unknownJoints.forEach((count, template) => {
      unknown[template] = unknown[template]! + count;
    });
    for (let index = 0; index < this.bundles.length; index++) {
      const bundle = this.bundles.data[index]!;
      for (let at = bundleUnknownStarts.data[bundle]!; at < bundleUnknownStarts.data[bundle + 1]!; at++) {
        const template = bundleUnknownTemplates.data[at]!;
        unknown[template] = unknown[template]! + 1;
      }
      for (let at = bundleStarts.data[bundle]!; at < bundleStarts.data[bundle + 1]!; at++) {
        const slot = this.model.attributes.slotOf(bundleAttributes.data[at]!);
        slotCounts[slot] = slotCounts[slot]! + 1;
      }
    }
  }
}

/**
 * Makes a tagger of a model. It remembers the scores of token types it has met, so it is fastest when kept.
 * Transitions the scheme forbids are never taken and have probability 0 (unless the labels leave no legal path).
 *
 * @throws CrfError CRF_TEMPLATE_INVALID for a model without templates, CRF_MODEL_CORRUPT, CRF_NOT_FINITE
 */
export function createTagger(model: CrfModel): Tagger {
  return new ModelTagger(model);
}
