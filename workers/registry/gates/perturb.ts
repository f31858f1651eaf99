import type { Perturbation } from './behaviour-example.ts';

/** A changed text and where each of its UTF-16 positions came from in the original; −1 for what was added. */
export interface Perturbed {
  readonly text: string;
  readonly origin: Int32Array;
}

/** Applies a change that must not matter. */
export function perturb(text: string, change: Perturbation): Perturbed {
  switch (change) {
    case 'crlf':
      return rewrite(text, (char) => (char === '\n' ? '\r\n' : char));
    case 'double-space':
      return rewrite(text, (char) => (char === ' ' ? '  ' : char));
    case 'lower-case':
      return rewrite(text, (char) => sameLength(char, char.toLowerCase()));
    case 'upper-case':
      return rewrite(text, (char) => sameLength(char, char.toUpperCase()));
    case 'trailing-space':
      return surround('', text, '  \n');
    case 'blank-lines':
      return surround('\n\n', text, '\n\n');
    case 'emoji-before':
      return surround('🙂\n\n', text, '');
    case 'repeat-sentence':
      return surround('', text, ` ${text}`);
  }
}

/** A change of case that would move every later offset is left out. */
function sameLength(before: string, after: string): string {
  return after.length === before.length ? after : before;
}

function surround(before: string, text: string, after: string): Perturbed {
  const origin = new Int32Array(before.length + text.length + after.length).fill(-1);
  for (let at = 0; at < text.length; at++) origin[before.length + at] = at;
  return { text: before + text + after, origin };
}

function rewrite(text: string, change: (char: string) => string): Perturbed {
  let result = '';
  const origin: number[] = [];
  let at = 0;
  for (const char of text) {
    const written = change(char);
    for (let unit = 0; unit < written.length; unit++) origin.push(unit < char.length ? at + unit : at);
    result += written;
    at += char.length;
  }
  return { text: result, origin: Int32Array.from(origin) };
}
