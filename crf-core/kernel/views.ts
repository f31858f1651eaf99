/** The memory of a kernel, seen as numbers of each width. */
export interface Views {
  readonly f64: Float64Array;
  readonly i32: Int32Array;
  readonly u32: Uint32Array;
  readonly u16: Uint16Array;
}

/** Views of a whole buffer, shared or not. */
export function viewsOf(buffer: ArrayBufferLike): Views {
  return {
    f64: new Float64Array(buffer),
    i32: new Int32Array(buffer),
    u32: new Uint32Array(buffer),
    u16: new Uint16Array(buffer),
  };
}
