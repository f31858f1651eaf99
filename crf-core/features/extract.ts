import { CrfError } from '../errors.ts';
import { GrowableInt32 } from '../growable.ts';
import { foldCase } from '../text/unicode.ts';
import type { BaseAttribute } from './base-attributes.ts';
import { boundaryAttribute, parseBaseAttribute } from './base-attributes.ts';
import type { Dataset } from './dataset.ts';
import type { TemplateSet } from './template-set.ts';
import type { Vocabulary } from './vocabulary.ts';

/** One sentence to extract from; `tags` where it is to be learnt from, '' or null for an unlabelled token. */
export interface SentenceInput {
  readonly tokens: readonly string[];
  readonly tags?: readonly (string | null)[] | undefined;
}

interface SingleUse {
  /** Number of the template in its set. */
  readonly template: number;
  readonly slot: number;
  readonly specs: readonly number[];
}

interface OffsetGroup {
  readonly offset: number;
  readonly uses: readonly SingleUse[];
  readonly boundarySlot: number;
  readonly boundaryTemplate: number;
  readonly bundles: GrowableInt32;
  readonly boundaries: [number, number];
}

interface JointUse {
  readonly template: number;
  readonly slot: number;
  readonly parts: readonly { readonly spec: number; readonly offset: number }[];
}

/** The frozen vocabulary does not know the value. */
const unknownValue = -1;
/** The token has no such value. */
const absentValue = -2;

/**
 * Turns tokens into bundles of attributes. It remembers every token type it has met, so a second sentence with the
 * same words costs a few table look-ups. One extractor belongs to one vocabulary.
 */
export class Extractor {
  readonly vocabulary: Vocabulary;
  readonly bundleStarts = new GrowableInt32();
  readonly bundleAttributes = new GrowableInt32();
  /**
   * Attributes that a bundle would have had but for the frozen vocabulary: the number of the template of each, in
   * `[bundleUnknownStarts[b], bundleUnknownStarts[b + 1])`.
   */
  readonly bundleUnknownStarts = new GrowableInt32();
  readonly bundleUnknownTemplates = new GrowableInt32();
  /** By template number, conjunctions of the last sentence that the frozen vocabulary did not know. */
  readonly unknownJoints: Int32Array;
  private readonly specs: BaseAttribute[] = [];
  private readonly groups: OffsetGroup[] = [];
  private readonly joints: JointUse[] = [];
  private readonly typeIds = new Map<string, number>();
  private readonly typeValues: Int32Array[][] = [];
  /** By spec, the one value of each type: a value id, {@link unknownValue} or {@link absentValue}. */
  private readonly firstValues: GrowableInt32[] = [];
  private readonly jointBundles = new GrowableInt32();
  private types = new Int32Array(256);

  constructor(templateSet: TemplateSet, vocabulary: Vocabulary) {
    this.vocabulary = vocabulary;
    this.bundleStarts.push(0);
    this.bundleUnknownStarts.push(0);
    this.unknownJoints = new Int32Array(templateSet.templates.length);
    const specIndex = (spec: string): number => {
      const found = this.specs.findIndex((other) => other.spec === spec);
      if (found >= 0) return found;
      this.firstValues.push(new GrowableInt32(64));
      return this.specs.push(parseBaseAttribute(spec)) - 1;
    };
    const groups = new Map<number, { uses: SingleUse[]; boundarySlot: number; boundaryTemplate: number }>();
    for (const [number, template] of templateSet.templates.entries()) {
      if ('join' in template) {
        this.joints.push({
          template: number,
          slot: vocabulary.slot({ kind: 'joint', template: template.name, parts: template.join.length }),
          parts: template.join.map((part) => ({ spec: specIndex(part.attribute), offset: part.offset })),
        });
        continue;
      }
      for (const offset of template.offsets) {
        const group = groups.get(offset) ?? { uses: [], boundarySlot: -1, boundaryTemplate: -1 };
        groups.set(offset, group);
        const slot = vocabulary.slot({ kind: 'single', template: template.name, offset });
        if (template.attributes.includes(boundaryAttribute)) {
          group.boundarySlot = slot;
          group.boundaryTemplate = number;
        }
        const specs = template.attributes.filter((name) => name !== boundaryAttribute).map(specIndex);
        if (specs.length > 0) group.uses.push({ template: number, slot, specs });
      }
    }
    for (const [offset, group] of groups) {
      this.groups.push({ offset, ...group, bundles: new GrowableInt32(), boundaries: [-1, -1] });
    }
  }

  /** How many bundles have been made so far. */
  get bundleCount(): number {
    return this.bundleStarts.length - 1;
  }

  /** How many different tokens have been met so far. */
  get typeCount(): number {
    return this.typeValues.length;
  }

  private addBundle(attributes: readonly number[], unknown: readonly number[]): number {
    for (const attribute of attributes) this.bundleAttributes.push(attribute);
    this.bundleStarts.push(this.bundleAttributes.length);
    for (const template of unknown) this.bundleUnknownTemplates.push(template);
    this.bundleUnknownStarts.push(this.bundleUnknownTemplates.length);
    return this.bundleCount - 1;
  }

  private typeOf(token: string): number {
    const known = this.typeIds.get(token);
    if (known !== undefined) return known;
    const id = this.typeValues.length;
    this.typeIds.set(token, id);
    const lower = foldCase(token);
    const values = this.specs.map((spec) =>
      Int32Array.from(spec.values(token, lower), (text) => this.vocabulary.value(text)),
    );
    values.forEach((list, spec) => this.firstValues[spec]!.push(list.length === 0 ? absentValue : list[0]!));
    this.typeValues.push(values);
    return id;
  }

  private singleBundle(group: OffsetGroup, type: number): number {
    const known = group.bundles.get(type, -1);
    if (known >= 0) return known;
    const attributes: number[] = [];
    const unknown: number[] = [];
    for (const { template, slot, specs } of group.uses) {
      for (const spec of specs) {
        for (const value of this.typeValues[type]![spec]!) {
          const attribute = slot < 0 || value < 0 ? -1 : this.vocabulary.attribute(slot, value);
          if (attribute >= 0) attributes.push(attribute);
          else unknown.push(template);
        }
      }
    }
    const bundle = this.addBundle(attributes, unknown);
    group.bundles.set(type, bundle, -1);
    return bundle;
  }

  private boundaryBundle(group: OffsetGroup, side: 0 | 1): number {
    if (group.boundarySlot < 0) return -1;
    if (group.boundaries[side] >= 0) return group.boundaries[side];
    const value = this.vocabulary.value(side === 0 ? 'BOS' : 'EOS');
    const attribute = value < 0 ? -1 : this.vocabulary.attribute(group.boundarySlot, value);
    group.boundaries[side] = this.addBundle(
      attribute < 0 ? [] : [attribute],
      attribute < 0 ? [group.boundaryTemplate] : [],
    );
    return group.boundaries[side];
  }

  /** Bundle of a conjunction: -1 when a part is absent, -2 when the vocabulary does not know it. */
  private jointBundle(joint: JointUse, types: Int32Array, at: number, count: number): number {
    const { parts } = joint;
    let value = unknownValue;
    let unknown = joint.slot < 0;
    for (let index = 0; index < parts.length; index++) {
      const { spec, offset } = parts[index]!;
      const position = at + offset;
      if (position < 0 || position >= count) return -1;
      const id = this.firstValues[spec]!.data[types[position]!]!;
      if (id === absentValue) return -1;
      if (id === unknownValue || unknown) unknown = true;
      else if (index === 0) value = id;
      else {
        value = this.vocabulary.pair(value, id);
        if (value < 0) unknown = true;
      }
    }
    if (unknown) return -2;
    const attribute = this.vocabulary.attribute(joint.slot, value);
    if (attribute < 0) return -2;
    const known = this.jointBundles.get(attribute, -1);
    if (known >= 0) return known;
    const bundle = this.addBundle([attribute], []);
    this.jointBundles.set(attribute, bundle, -1);
    return bundle;
  }

  /**
   * Appends the bundles of each token of a sentence to `bundles`, and to `ends` where each token's bundles end.
   * Counts in `unknownJoints` the conjunctions that the frozen vocabulary did not know.
   */
  sentence(tokens: readonly string[], bundles: GrowableInt32, ends: GrowableInt32): void {
    const count = tokens.length;
    if (this.types.length < count) this.types = new Int32Array(count * 2);
    const { types, groups, joints } = this;
    this.unknownJoints.fill(0);
    for (let at = 0; at < count; at++) types[at] = this.typeOf(tokens[at]!);
    for (let at = 0; at < count; at++) {
      for (let index = 0; index < groups.length; index++) {
        const group = groups[index]!;
        const position = at + group.offset;
        let bundle: number;
        if (position < 0) bundle = this.boundaryBundle(group, 0);
        else if (position >= count) bundle = this.boundaryBundle(group, 1);
        else bundle = this.singleBundle(group, types[position]!);
        if (bundle >= 0) bundles.push(bundle);
      }
      for (let index = 0; index < joints.length; index++) {
        const joint = joints[index]!;
        const bundle = this.jointBundle(joint, types, at, count);
        if (bundle >= 0) bundles.push(bundle);
        else if (bundle === -2) this.unknownJoints[joint.template]!++;
      }
      ends.push(bundles.length);
    }
  }
}

/** Options of {@link extract}. */
export interface ExtractOptions {
  /** Label list to use, in order. Without it labels are numbered as they are first seen. */
  readonly labels?: readonly string[] | undefined;
}

/**
 * Extracts a dataset from sentences. The vocabulary grows, unless it is frozen: then unknown attributes are left out.
 * Sentences without tokens are left out.
 *
 * @throws CrfError CRF_DATA_INVALID when tags and tokens differ in number, CRF_LABEL_UNKNOWN for a tag outside
 *   `options.labels`
 */
export function extract(
  sentences: Iterable<SentenceInput>,
  templateSet: TemplateSet,
  vocabulary: Vocabulary,
  options: ExtractOptions = {},
): Dataset {
  const extractor = new Extractor(templateSet, vocabulary);
  const labels = [...(options.labels ?? [])];
  const labelIds = new Map(labels.map((label, index) => [label, index]));
  const sentenceStarts = new GrowableInt32();
  const tokenStarts = new GrowableInt32();
  const tokenBundles = new GrowableInt32(1 << 16);
  const gold = new GrowableInt32();
  sentenceStarts.push(0);
  tokenStarts.push(0);
  let number = 0;
  for (const { tokens, tags } of sentences) {
    number++;
    if (tags !== undefined && tags.length !== tokens.length) {
      throw new CrfError(
        'CRF_DATA_INVALID',
        `Sentence ${number} has ${tokens.length} tokens but ${tags.length} tags. Give one tag a token.`,
        { sentence: number, tokens: tokens.length, tags: tags.length },
      );
    }
    if (tokens.length === 0) continue;
    extractor.sentence(tokens, tokenBundles, tokenStarts);
    for (let index = 0; index < tokens.length; index++) {
      const tag = tags?.[index];
      if (tag === undefined || tag === null || tag === '') {
        gold.push(-1);
        continue;
      }
      let label = labelIds.get(tag);
      if (label === undefined) {
        if (options.labels !== undefined) {
          throw new CrfError(
            'CRF_LABEL_UNKNOWN',
            `Sentence ${number} has the tag "${tag}", which is not among the given labels (${labels.join(', ')}).`,
            { sentence: number, tag },
          );
        }
        label = labels.push(tag) - 1;
        labelIds.set(tag, label);
      }
      gold.push(label);
    }
    sentenceStarts.push(tokenStarts.length - 1);
  }
  return {
    vocabulary,
    labels,
    sentenceStarts: sentenceStarts.toArray(),
    tokenStarts: tokenStarts.toArray(),
    tokenBundles: tokenBundles.toArray(),
    bundleStarts: extractor.bundleStarts.toArray(),
    bundleAttributes: extractor.bundleAttributes.toArray(),
    bundleValues: null,
    gold: gold.toArray(),
  };
}
