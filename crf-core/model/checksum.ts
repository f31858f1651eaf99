const table = /* @__PURE__ */ ((): Uint32Array => {
  const entries = new Uint32Array(4 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    entries[byte] = value;
  }
  for (let byte = 0; byte < 256; byte++) {
    for (let slice = 1; slice < 4; slice++) {
      const before = entries[(slice - 1) * 256 + byte]!;
      entries[slice * 256 + byte] = (before >>> 8) ^ entries[before & 0xff]!;
    }
  }
  return entries;
})();

/** CRC-32 (IEEE 802.3) of bytes, four at a time. Finds every flip of up to 32 neighbouring bits. */
export function checksum(bytes: Uint8Array): number {
  let value = 0xffffffff;
  let index = 0;
  for (; index + 4 <= bytes.length; index += 4) {
    value ^= bytes[index]! | (bytes[index + 1]! << 8) | (bytes[index + 2]! << 16) | (bytes[index + 3]! << 24);
    value =
      table[768 + (value & 0xff)]! ^
      table[512 + ((value >>> 8) & 0xff)]! ^
      table[256 + ((value >>> 16) & 0xff)]! ^
      table[value >>> 24]!;
  }
  for (; index < bytes.length; index++) value = (value >>> 8) ^ table[(value ^ bytes[index]!) & 0xff]!;
  return (value ^ 0xffffffff) >>> 0;
}
