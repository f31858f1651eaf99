/** UTF-8 bytes of a text. Lone surrogates become U+FFFD, as everywhere. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    let point = text.charCodeAt(index);
    if (point >= 0xd800 && point <= 0xdfff) {
      const low = text.charCodeAt(index + 1);
      if (point < 0xdc00 && low >= 0xdc00 && low <= 0xdfff) {
        point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
        index++;
      } else point = 0xfffd;
    }
    if (point < 0x80) bytes[length++] = point;
    else {
      if (point < 0x800) bytes[length++] = 0xc0 | (point >> 6);
      else {
        if (point < 0x10000) bytes[length++] = 0xe0 | (point >> 12);
        else {
          bytes[length++] = 0xf0 | (point >> 18);
          bytes[length++] = 0x80 | ((point >> 12) & 0x3f);
        }
        bytes[length++] = 0x80 | ((point >> 6) & 0x3f);
      }
      bytes[length++] = 0x80 | (point & 0x3f);
    }
  }
  return bytes.slice(0, length);
}

/** Text of UTF-8 bytes; a malformed byte becomes U+FFFD. */
export function decodeUtf8(bytes: Uint8Array): string {
  const units: number[] = [];
  let text = '';
  for (let index = 0; index < bytes.length;) {
    const lead = bytes[index++]!;
    let point = lead;
    if (lead >= 0x80) {
      const more = lead >= 0xf0 && lead < 0xf5 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc2 ? 1 : 0;
      point = more === 0 || lead >= 0xf5 ? -1 : lead & (0x3f >> more);
      for (let count = 0; count < more && point >= 0; count++) {
        const next = bytes[index] ?? 0;
        if ((next & 0xc0) !== 0x80) point = -1;
        else {
          point = (point << 6) | (next & 0x3f);
          index++;
        }
      }
      const smallest = more === 3 ? 0x10000 : more === 2 ? 0x800 : 0x80;
      if (point < smallest || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) point = 0xfffd;
    }
    if (point > 0xffff) units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff));
    else units.push(point);
    if (units.length > 8000) {
      text += String.fromCharCode(...units);
      units.length = 0;
    }
  }
  return text + String.fromCharCode(...units);
}
