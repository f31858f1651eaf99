import { CrfError } from '../errors.ts';
import { GrowableInt32 } from '../growable.ts';
import { PairTable } from './pair-table.ts';

/**
 * Where attributes of one kind come from: a single template at one offset, a conjunction, or attributes read
 * from a file that brings its own names (`raw`).
 */
export type Slot =
  | { readonly kind: 'single'; readonly template: string; readonly offset: number }
  | { readonly kind: 'joint'; readonly template: string; readonly parts: number }
  | { readonly kind: 'raw'; readonly template: string };

/** All that a vocabulary is, as plain data: what the model file stores. */
export interface VocabularyData {
  readonly slots: readonly Slot[];
  readonly values: readonly string[];
  /** Pairs `(left, value)` that stand for joined values: left is a value id for the first pair, else a pair id. */
  readonly pairs: Int32Array;
  readonly attributeSlots: Int32Array;
  readonly attributeValues: Int32Array;
}

function corrupt(what: string): never {
  throw new CrfError(
    'CRF_MODEL_CORRUPT',
    `The vocabulary is damaged (${what}). Load another copy of the model.`,
  );
}

/** A value without the name of its base attribute: `w=asthma` is `asthma` inside a conjunction. */
const bare = (value: string): string => value.slice(value.indexOf('=') + 1);

/**
 * Gives numbers to attributes. An attribute is a slot and a value, so that its name (`[-1]p2=as`) need never be
 * built while extracting: text is interned once for each token type and the rest is integers.
 * Attribute ids rise in the order of first use.
 */
export class Vocabulary {
  readonly slots: Slot[] = [];
  private texts: string[] = [];
  private readonly valueIds = new Map<string, number>();
  private pairTable = new PairTable();
  private attributeSlots = new GrowableInt32();
  private attributeValues = new GrowableInt32();
  private readonly tables: GrowableInt32[] = [];
  private isFrozen = false;
  /** Data of a model file whose look-up tables are made when they are first needed. */
  private pending: VocabularyData | null = null;

  /** How many attributes are known. */
  get size(): number {
    return this.attributeSlots.length;
  }

  /** True once {@link freeze} was called: unknown attributes are then not added but reported as -1. */
  get frozen(): boolean {
    return this.isFrozen;
  }

  /** From now on nothing is added. */
  freeze(): this {
    this.isFrozen = true;
    return this;
  }

  /** Finds or adds a slot and returns its number, or -1 when frozen and unknown. */
  slot(slot: Slot): number {
    const key = JSON.stringify(slot);
    const found = this.slots.findIndex((other) => JSON.stringify(other) === key);
    if (found >= 0 || this.isFrozen) return found;
    this.slots.push(slot);
    this.tables.push(new GrowableInt32(64));
    return this.slots.length - 1;
  }

  /** Makes the look-up tables of a vocabulary that came from a file. */
  private settle(): void {
    const data = this.pending;
    if (data === null) return;
    this.pending = null;
    data.values.forEach((text, id) => this.valueIds.set(text, id));
    if (this.valueIds.size !== data.values.length) corrupt('a value stands twice');
    for (let index = 0; index + 1 < data.pairs.length; index += 2) {
      this.pairTable.add(data.pairs[index]!, data.pairs[index + 1]!);
    }
    if (this.pairTable.size * 2 !== data.pairs.length) corrupt('a pair stands twice');
    for (let id = 0; id < data.attributeSlots.length; id++) {
      const table = this.tables[data.attributeSlots[id]!]!;
      const value = data.attributeValues[id]!;
      if (table.get(value, -1) >= 0) corrupt('an attribute stands twice');
      table.set(value, id, -1);
    }
  }

  /** Number of a value's text, or -1 when frozen and unknown. */
  value(text: string): number {
    if (this.pending !== null) this.settle();
    const found = this.valueIds.get(text);
    if (found !== undefined) return found;
    if (this.isFrozen) return -1;
    this.valueIds.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }

  /** Number of two joined values, or -1 when frozen and unknown. */
  pair(left: number, right: number): number {
    if (this.pending !== null) this.settle();
    return this.isFrozen ? this.pairTable.find(left, right) : this.pairTable.add(left, right);
  }

  /** Number of the attribute (slot, value), or -1 when frozen and unknown. */
  attribute(slot: number, value: number): number {
    if (this.pending !== null) this.settle();
    const table = this.tables[slot]!;
    const found = table.get(value, -1);
    if (found >= 0 || this.isFrozen) return found;
    const id = this.attributeSlots.length;
    this.attributeSlots.push(slot);
    this.attributeValues.push(value);
    table.set(value, id, -1);
    return id;
  }

  /** Number of the raw attribute of this name (attributes that come from a file), or -1. */
  raw(name: string): number {
    const slot = this.slot({ kind: 'raw', template: 'raw' });
    const value = this.value(name);
    return slot < 0 || value < 0 ? -1 : this.attribute(slot, value);
  }

  /** Name of the template an attribute comes from. */
  templateOf(attribute: number): string {
    return this.slots[this.attributeSlots.data[attribute]!]!.template;
  }

  /** Slot number of an attribute. */
  slotOf(attribute: number): number {
    return this.attributeSlots.data[attribute]!;
  }

  /** The attribute's name as CRFsuite would hold it, for logs, explanations and exports. */
  nameOf(attribute: number): string {
    const slot = this.slots[this.attributeSlots.data[attribute]!];
    if (slot === undefined || attribute >= this.size) {
      throw new CrfError(
        'CRF_DATA_INVALID',
        `There is no attribute ${attribute}; ids run from 0 to ${this.size - 1}.`,
      );
    }
    const value = this.attributeValues.data[attribute]!;
    if (slot.kind === 'raw') return this.texts[value]!;
    if (slot.kind === 'single') return `[${slot.offset}]${this.texts[value]!}`;
    const parts: string[] = [];
    let pair = value;
    for (let left = slot.parts; left >= 2; left--) {
      parts.unshift(bare(this.texts[this.right(pair)]!));
      pair = this.left(pair);
    }
    parts.unshift(bare(this.texts[pair]!));
    return `${slot.template}=${parts.join('|')}`;
  }

  /** Number of each attribute by its name. Built on every call: for tools and imports, not for inner loops. */
  namesToIds(): Map<string, number> {
    const names = new Map<string, number>();
    for (let id = 0; id < this.size; id++) names.set(this.nameOf(id), id);
    return names;
  }

  private left(pair: number): number {
    return this.pending === null ? this.pairTable.left(pair) : this.pending.pairs[pair * 2]!;
  }

  private right(pair: number): number {
    return this.pending === null ? this.pairTable.right(pair) : this.pending.pairs[pair * 2 + 1]!;
  }

  /** Plain data for a model file. */
  toData(): VocabularyData {
    return (
      this.pending ?? {
        slots: this.slots.slice(),
        values: this.texts.slice(),
        pairs: this.pairTable.toArray(),
        attributeSlots: this.attributeSlots.toArray(),
        attributeValues: this.attributeValues.toArray(),
      }
    );
  }

  /**
   * A frozen vocabulary from plain data. Its look-up tables are made at the first look-up, not at load.
   * @throws CrfError CRF_MODEL_CORRUPT when a number points nowhere; at the first look-up when something stands twice
   */
  static fromData(data: VocabularyData): Vocabulary {
    const vocabulary = new Vocabulary();
    for (const slot of data.slots) vocabulary.slot(slot);
    if (vocabulary.slots.length !== data.slots.length) corrupt('a slot stands twice');
    const values = data.values.length;
    const pairCount = data.pairs.length / 2;
    // A conjunction of three or more has pairs whose left is an earlier pair.
    const lefts = Math.max(values, pairCount);
    for (let index = 0; index + 1 < data.pairs.length; index += 2) {
      const left = data.pairs[index]!;
      const right = data.pairs[index + 1]!;
      if (left < 0 || left >= lefts || right < 0 || right >= values) corrupt('a pair of no values');
    }
    const limits = data.slots.map(({ kind }) => (kind === 'joint' ? pairCount : values));
    if (data.attributeSlots.length !== data.attributeValues.length) corrupt('attributes do not line up');
    for (let id = 0; id < data.attributeSlots.length; id++) {
      const limit = limits[data.attributeSlots[id]!] ?? 0;
      const value = data.attributeValues[id]!;
      if (value < 0 || value >= limit) corrupt('an attribute of no slot or value');
    }
    vocabulary.texts = data.values.slice();
    vocabulary.attributeSlots = GrowableInt32.of(data.attributeSlots);
    vocabulary.attributeValues = GrowableInt32.of(data.attributeValues);
    vocabulary.pending = data;
    return vocabulary.freeze();
  }
}
