import { putCaret } from '../active-span.ts';
import type { OpenState } from '../store.ts';
import { store } from '../store.ts';
import { isCollapsed, moveTo, stretchOf } from './caret.ts';
import { HighlightPainter } from './highlight-painter.ts';
import { coversSpan, Overlay } from './overlay.ts';
import { PageText } from './page-text.ts';
import { listenToPointer } from './pointer.ts';
import { tokenAt } from './tokens.ts';

export interface PageElements {
  readonly scroller: HTMLElement;
  readonly text: HTMLElement;
  readonly overlay: HTMLElement;
}

let shown: PageView | null = null;

/** The page on screen, for commands that need its geometry. */
export function currentPage(): PageView | null {
  return shown;
}

/** Puts the open note on the page; returns the way to take it off. */
export function showPage(elements: PageElements): () => void {
  const view = new PageView(elements);
  shown = view;
  return () => {
    view.dispose();
    if (shown === view) shown = null;
  };
}

/** The open note on the page. It follows the store without React, so that a key reaches paint in one frame. */
export class PageView {
  readonly #elements: PageElements;
  readonly #page: PageText;
  readonly #painter: HighlightPainter;
  readonly #overlay: Overlay;
  readonly #stops: (() => void)[] = [];
  #frame = 0;
  /** The state that the page shows; null when everything must be drawn. */
  #drawn: OpenState | null = null;
  /** The stretch of text that is painted, and where the page stood when it was chosen. */
  #sight = { start: 0, end: 0 };
  #sightAt = 0;

  constructor(elements: PageElements) {
    const state = store.getState();
    this.#elements = elements;
    this.#page = new PageText(elements.text, state.note?.lines ?? []);
    this.#painter = new HighlightPainter(this.#page);
    this.#overlay = new Overlay(elements.overlay, this.#page);
    this.#drawNow();
    const noteId = state.note?.noteId;
    this.#stops.push(
      store.subscribe((next) => {
        if (next.note?.noteId === noteId && next.note !== null) this.#drawSoon();
      }),
      listenToPointer(elements.scroller, this.#page),
    );
    let width = elements.text.clientWidth;
    const resized = new ResizeObserver(() => {
      if (elements.text.clientWidth === width) return;
      width = elements.text.clientWidth;
      this.#drawn = null;
      this.#drawSoon();
    });
    resized.observe(elements.text);
    const onScroll = (): void => {
      if (this.#hasScrolled()) this.#drawSoon();
    };
    elements.scroller.addEventListener('scroll', onScroll, { passive: true });
    this.#stops.push(
      () => resized.disconnect(),
      () => elements.scroller.removeEventListener('scroll', onScroll),
      () => cancelAnimationFrame(this.#frame),
    );
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    this.#painter.dispose();
  }

  /** All that a key changed is drawn together, in the frame that follows it. */
  #drawSoon(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#drawNow());
  }

  #drawNow(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const state = store.getState();
    const before = this.#drawn;
    this.#drawn = state;
    const { note, caret, spans, links, active, linkMode, schema, index } = state;
    if (!note || !index) return;
    const moved = !before || caret !== before.caret;
    if (!before) this.#look();
    const redraw =
      moved ||
      active !== before.active ||
      linkMode !== before.linkMode ||
      links !== before.links ||
      schema !== before.schema ||
      (active !== null && spans.get(active) !== before.spans.get(active));
    if (redraw) this.#overlay.draw(state);
    // A note that was left at some place opens there.
    if (moved && (before || caret.focus > 0)) this.#reveal();
    else if (linkMode && linkMode.chosen !== before?.linkMode?.chosen) this.#revealTarget();
    if (moved || active !== before.active) {
      const stretch = isCollapsed(caret) || coversSpan(state) ? null : stretchOf(note.tokens, caret);
      this.#painter.mark('note-selection', stretch ? [stretch] : []);
    }
    const scrolled = this.#hasScrolled();
    if (scrolled) this.#look();
    if (!before || scrolled || spans !== before.spans) this.#painter.paint(index, this.#sight);
  }

  #hasScrolled(): boolean {
    return Math.abs(this.#elements.scroller.scrollTop - this.#sightAt) > this.#margin() / 2;
  }

  /** Finds the stretch of text that is in sight. Reads the layout: cheap only while nothing was written. */
  #look(): void {
    const view = this.#elements.scroller.getBoundingClientRect();
    this.#sightAt = this.#elements.scroller.scrollTop;
    this.#sight = {
      start: this.#page.offsetBelow(view.top - this.#margin()),
      end: this.#page.offsetBelow(view.bottom + this.#margin()) + 1,
    };
  }

  /** How far beyond what is seen spans are painted, so that scrolling meets them painted. */
  #margin(): number {
    return this.#elements.scroller.clientHeight / 2;
  }

  /** Scrolls just so far that the caret is seen with some lines around it. */
  #reveal(): void {
    const box = this.#overlay.caretBox();
    if (box) this.#scrollTo(box);
  }

  #revealTarget(): void {
    const box = this.#elements.overlay.querySelector('.note-target-chosen')?.getBoundingClientRect();
    if (box) this.#scrollTo(box);
  }

  #scrollTo(box: DOMRect): void {
    const { scroller } = this.#elements;
    const view = scroller.getBoundingClientRect();
    const margin = Math.min(80, view.height / 4);
    if (box.top < view.top + margin) scroller.scrollTop -= view.top + margin - box.top;
    else if (box.bottom > view.bottom - margin) scroller.scrollTop += box.bottom - (view.bottom - margin);
  }

  /** Which way "left" goes at the caret: in a right-to-left line it leads on. */
  leftIs(): 1 | -1 {
    const { note, caret } = store.getState();
    const offset = note?.tokens.starts[caret.focus] ?? 0;
    return this.#page.directionAt(offset) === 'rtl' ? 1 : -1;
  }

  /** One line up or down as it stands on the page, at about the same place in the line. */
  moveByLine(step: 1 | -1, extend: boolean): void {
    this.#drawNow();
    const { note, caret } = store.getState();
    const box = this.#overlay.caretBox();
    if (!note || !box) return;
    const x = box.left + Math.min(box.width / 2, 12);
    const height = Number.parseFloat(getComputedStyle(this.#elements.text).lineHeight) || box.height * 1.5;
    // Empty lines hold no token; a few steps lead over them.
    for (let distance = 1; distance <= 12; distance += 1) {
      const offset = this.#page.offsetAt(x, box.top + box.height / 2 + step * distance * height);
      if (offset === null) break;
      const token = tokenAt(note.tokens, offset);
      if (step > 0 ? token > caret.focus : token < caret.focus) {
        putCaret(moveTo(note.tokens, caret, token, extend));
        return;
      }
    }
    putCaret(moveTo(note.tokens, caret, step > 0 ? note.tokens.starts.length - 1 : 0, extend));
  }

  /** Where the acts of the mouse belong: just below the selection, in the page's coordinates. */
  belowSelection(): { readonly left: number; readonly top: number } | null {
    const { note, caret } = store.getState();
    const stretch = note ? stretchOf(note.tokens, caret) : null;
    const last = stretch ? this.#overlay.boxesOf([stretch]).at(-1) : undefined;
    return last ? { left: last.left, top: last.top + last.height + 6 } : null;
  }

  focus(): void {
    this.#elements.scroller.focus({ preventScroll: true });
  }
}
