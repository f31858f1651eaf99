import type { Link } from '../../../workers/api/annotation.ts';
import { labelInk } from '../label-look.ts';
import type { OpenState } from '../store.ts';
import type { Box } from './box.ts';
import { stretchOf } from './caret.ts';
import { drawLinks } from './link-arcs.ts';
import type { PageText } from './page-text.ts';
import { piecesOf } from './span-index.ts';

interface Layout {
  readonly caret: readonly Box[];
  readonly active: readonly Box[];
  readonly targets: readonly (readonly Box[])[];
  readonly links: readonly { readonly link: Link; readonly from: Box; readonly to: Box }[];
}

/**
 * What stands on the page beside painted text: the caret, the one active span with its name and handles, the ends
 * that a link may take, and the links of the active span. Everything is measured first and drawn then.
 */
export class Overlay {
  readonly #page: PageText;
  readonly #root: HTMLElement;
  readonly #caret = element('note-caret');
  readonly #active = element('note-active');
  readonly #targets = element('note-targets');
  readonly #links = document.createElementNS('http://www.w3.org/2000/svg', 'svg');

  constructor(root: HTMLElement, page: PageText) {
    this.#root = root;
    this.#page = page;
    this.#links.classList.add('note-links');
    root.replaceChildren(this.#links, this.#active, this.#caret, this.#targets);
  }

  draw(state: OpenState): void {
    const layout = this.#measure(state);
    place(this.#caret, layout.caret, 'note-caret-box');
    this.#caret.classList.toggle('note-caret-on-span', coversSpan(state));
    this.#drawActive(state, layout.active);
    this.#drawTargets(state, layout.targets);
    drawLinks(this.#links, layout.links, state.schema);
  }

  /** Where the caret stands, to scroll there and to put the acts of the mouse beside it. */
  caretBox(): DOMRect | null {
    return this.#caret.firstElementChild?.getBoundingClientRect() ?? null;
  }

  boxesOf(stretches: readonly { readonly start: number; readonly end: number }[]): Box[] {
    const origin = this.#root.getBoundingClientRect();
    return stretches.flatMap(({ start, end }) =>
      mergeByLine(this.#page.range(start, end).getClientRects(), origin),
    );
  }

  #measure(state: OpenState): Layout {
    const { note, caret, active, spans, linkMode, links } = state;
    const focus = note ? stretchOf(note.tokens, { anchor: caret.focus, focus: caret.focus }) : null;
    const span = active === null ? undefined : spans.get(active);
    // While an end is chosen, the links that are there already would only be in the way.
    const drawn = linkMode ? [] : [...links.values()];
    const box = (uid: string): Box | undefined => {
      const other = spans.get(uid);
      return other ? this.boxesOf(piecesOf(other))[0] : undefined;
    };
    return {
      caret: focus ? this.boxesOf([focus]) : [],
      active: span ? this.boxesOf(piecesOf(span)) : [],
      targets: (linkMode?.targets ?? []).slice(0, 50).map(({ uid }) => {
        const other = spans.get(uid);
        return other ? this.boxesOf(piecesOf(other)) : [];
      }),
      links: !span
        ? []
        : drawn.flatMap((link) => {
            if (link.from !== span.uid && link.to !== span.uid) return [];
            const from = box(link.from);
            const to = box(link.to);
            return from && to ? [{ link, from, to }] : [];
          }),
    };
  }

  #drawActive(state: OpenState, boxes: readonly Box[]): void {
    const span = state.active === null ? undefined : state.spans.get(state.active);
    const label = state.schema.labels.find((one) => one.id === span?.labelId);
    place(this.#active, span && label ? boxes : [], 'note-active-box');
    const [first] = boxes;
    const last = boxes.at(-1);
    if (!span || !label || !first || !last) return;
    this.#active.style.setProperty('--label-ink', labelInk(label));
    const tag = element('note-active-tag', label.name);
    tag.style.left = `${first.left}px`;
    tag.style.top = `${first.top}px`;
    this.#active.append(
      tag,
      handle('start', first.left - 5, first),
      handle('end', last.left + last.width + 5, last),
    );
  }

  #drawTargets(state: OpenState, targets: readonly (readonly Box[])[]): void {
    this.#targets.replaceChildren(
      ...targets.flatMap((boxes, index) => {
        const chosen = index === state.linkMode?.chosen;
        const name = chosen ? 'note-target note-target-chosen' : 'note-target';
        const [first] = boxes;
        const parts = boxes.map((box) => at(element(name), box));
        if (first && index < 9) {
          const badge = element('note-target-badge', String(index + 1));
          badge.style.left = `${first.left}px`;
          badge.style.top = `${first.top}px`;
          parts.push(badge);
        }
        return parts;
      }),
    );
  }
}

/** Whether the selection is just the active span, whose box then says enough. */
export function coversSpan({ note, caret, active, spans }: OpenState): boolean {
  const span = active === null ? undefined : spans.get(active);
  const stretch = note ? stretchOf(note.tokens, caret) : null;
  return span !== undefined && stretch?.start === span.start && stretch.end === span.end;
}

function element(className: string, text = ''): HTMLElement {
  const made = document.createElement('div');
  made.className = className;
  made.textContent = text;
  return made;
}

function handle(edge: 'start' | 'end', left: number, box: Box): HTMLElement {
  const made = element('note-handle');
  made.dataset['edge'] = edge;
  return at(made, { left: left - 4, top: box.top, width: 8, height: box.height });
}

function at(made: HTMLElement, box: Box): HTMLElement {
  made.style.left = `${box.left}px`;
  made.style.top = `${box.top}px`;
  made.style.width = `${box.width}px`;
  made.style.height = `${box.height}px`;
  return made;
}

/** Reuses the boxes that are there: a caret that moves changes four numbers and no element. */
function place(root: HTMLElement, boxes: readonly Box[], className: string): void {
  for (let index = root.children.length - 1; index >= 0; index -= 1) {
    const child = root.children[index] as HTMLElement;
    if (index >= boxes.length || !child.classList.contains(className)) child.remove();
  }
  for (const [index, box] of boxes.entries()) {
    const child = (root.children[index] as HTMLElement | undefined) ?? root.appendChild(element(className));
    at(child, box);
  }
}

/** One box for each line that a range touches. */
function mergeByLine(rects: DOMRectList, origin: DOMRect): Box[] {
  const boxes: { left: number; top: number; right: number; bottom: number }[] = [];
  for (const rect of rects) {
    if (rect.width === 0) continue;
    const last = boxes.at(-1);
    if (last && Math.abs(last.top - rect.top) < 4) {
      last.left = Math.min(last.left, rect.left);
      last.right = Math.max(last.right, rect.right);
    } else {
      boxes.push({ left: rect.left, top: rect.top, right: rect.right, bottom: rect.bottom });
    }
  }
  return boxes.map((box) => ({
    left: box.left - origin.left,
    top: box.top - origin.top,
    width: box.right - box.left,
    height: box.bottom - box.top,
  }));
}
