import type { TextLine } from './text-lines.ts';
import { lineAt } from './text-lines.ts';

/** The note on the page: one text node a line, and the way between offsets and nodes. */
export class PageText {
  readonly lines: readonly TextLine[];
  readonly #nodes: readonly Text[];
  readonly #lineOfNode = new Map<Node, number>();

  /** `root` holds one element a line, each with one text node; a line without text has none yet. */
  constructor(root: HTMLElement, lines: readonly TextLine[]) {
    this.lines = lines;
    this.#nodes = lines.map((_, index) => {
      const element = root.children[index] as HTMLElement;
      const known = element.firstChild;
      const node = known instanceof Text ? known : element.appendChild(document.createTextNode(''));
      this.#lineOfNode.set(node, index);
      this.#lineOfNode.set(element, index);
      return node;
    });
  }

  #place(offset: number): { readonly node: Text; readonly at: number } {
    const index = lineAt(this.lines, offset);
    const line = this.lines[index] as TextLine;
    return { node: this.#nodes[index] as Text, at: Math.min(offset, line.end) - line.start };
  }

  range(start: number, end: number): Range {
    const range = document.createRange();
    const from = this.#place(start);
    const to = this.#place(end);
    range.setStart(from.node, from.at);
    range.setEnd(to.node, to.at);
    return range;
  }

  /** The offset in the note of a place in the DOM, or null where it lies outside the text. */
  offsetOf(node: Node, at: number): number | null {
    const index = this.#lineOfNode.get(node);
    const line = index === undefined ? undefined : this.lines[index];
    if (!line) return null;
    if (node instanceof Text) return Math.min(line.start + at, line.end);
    return at === 0 ? line.start : line.end;
  }

  /** The offset under a point of the window, or null. */
  offsetAt(x: number, y: number): number | null {
    const place = caretFromPoint(x, y);
    return place ? this.offsetOf(place.node, place.offset) : null;
  }

  /** Whether the point lies on the glyphs of the text and not on the empty part of a line. */
  isOnText(x: number, y: number, offset: number): boolean {
    const line = this.lines[lineAt(this.lines, offset)] as TextLine;
    const around = this.range(Math.max(line.start, offset - 2), Math.min(line.end, offset + 2));
    return [...around.getClientRects()].some(
      (box) => x >= box.left - 2 && x <= box.right + 2 && y >= box.top - 4 && y <= box.bottom + 4,
    );
  }

  /** The first offset at or below a height of the window. */
  offsetBelow(y: number): number {
    let low = 0;
    let high = this.lines.at(-1)?.end ?? 0;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#bottomOf(middle) < y) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The lower edge of the character at an offset; of its whole line where it stands alone. */
  #bottomOf(offset: number): number {
    const { node, at } = this.#place(offset);
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, Math.min(at + 1, node.length));
    const box = range.getBoundingClientRect();
    return box.height > 0 ? box.bottom : (node.parentElement?.getBoundingClientRect().bottom ?? 0);
  }

  directionAt(offset: number): 'ltr' | 'rtl' {
    const node = this.#nodes[lineAt(this.lines, offset)];
    const element = node?.parentElement;
    return element && getComputedStyle(element).direction === 'rtl' ? 'rtl' : 'ltr';
  }
}

function caretFromPoint(x: number, y: number): { readonly node: Node; readonly offset: number } | null {
  if ('caretPositionFromPoint' in document && typeof document.caretPositionFromPoint === 'function') {
    const place = document.caretPositionFromPoint(x, y);
    return place ? { node: place.offsetNode, offset: place.offset } : null;
  }
  const range = document.caretRangeFromPoint(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}
