/** An Int32Array that grows by doubling: the work-horse of extraction. */
export class GrowableInt32 {
  data: Int32Array;
  length = 0;

  constructor(capacity = 1024) {
    this.data = new Int32Array(capacity);
  }

  /** Takes over an array as it stands. */
  static of(data: Int32Array): GrowableInt32 {
    const growable = new GrowableInt32(0);
    growable.data = data;
    growable.length = data.length;
    return growable;
  }

  push(value: number): void {
    if (this.length === this.data.length) {
      const larger = new Int32Array(Math.max(16, this.data.length * 2));
      larger.set(this.data);
      this.data = larger;
    }
    this.data[this.length++] = value;
  }

  /** Value at an index, or `missing` where nothing was set. */
  get(index: number, missing: number): number {
    return index < this.length ? this.data[index]! : missing;
  }

  /** Sets an index beyond the end too; what lies between is filled with `filler`. */
  set(index: number, value: number, filler: number): void {
    while (this.length <= index) this.push(filler);
    this.data[index] = value;
  }

  /** A copy of exactly the values pushed. */
  toArray(): Int32Array {
    return this.data.slice(0, this.length);
  }
}
