import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The annotation screen as a person uses it: the list of notes, the page, its spans and links. */
export class AnnotationScreen {
  readonly page: Page;
  readonly queue: Locator;
  readonly text: Locator;
  readonly spans: Locator;
  readonly links: Locator;
  readonly saved: Locator;
  readonly keys: Locator;
  readonly notice: Locator;

  constructor(page: Page) {
    this.page = page;
    this.queue = page.getByRole('listbox', { name: 'Notes', exact: true });
    this.text = page.locator('.note-scroll');
    this.spans = page.locator('.span-list').getByRole('option');
    this.links = page.locator('.link-table tbody tr');
    this.saved = page.locator('.note-head-saved');
    this.keys = page.getByRole('region', { name: 'Keys that work now' });
    this.notice = page.locator('#annotation-notice');
  }

  async open(noteId: number): Promise<void> {
    await this.page.evaluate((id) => (window.location.hash = `#/annotation/note/${id}`), noteId);
    await expect(this.page.locator(`[data-open-note="${noteId}"]`)).toBeVisible();
    await this.text.focus();
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Moves the caret onto the token at an offset of the note, by keys alone. */
  async caretTo(tokensFromStart: number): Promise<void> {
    await this.press('Control+Home');
    for (let step = 0; step < tokensFromStart; step += 1) await this.page.keyboard.press('ArrowRight');
  }

  /** Labels and quotes of all spans, as the list reads them out. */
  async spanNames(): Promise<readonly string[]> {
    return this.spans.evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
  }

  /** Waits until the engine has acknowledged everything that was painted. */
  async allSaved(): Promise<void> {
    await expect(this.saved).toHaveAttribute('data-unsaved', '0');
  }

  /** The texts that the page paints under a highlight, by label id. */
  async painted(labelId: number): Promise<readonly string[]> {
    return this.page.evaluate((id) => {
      const texts: { start: number; text: string }[] = [];
      const lines = [...document.querySelectorAll('.note-line')];
      for (const [name, highlight] of CSS.highlights) {
        if (!name.startsWith(`span-${id}-`)) continue;
        for (const range of highlight) {
          const line = range.startContainer.parentElement;
          const start = (line ? lines.indexOf(line) : 0) * 1e6 + range.startOffset;
          texts.push({ start, text: (range as Range).toString() });
        }
      }
      return texts.toSorted((a, b) => a.start - b.start).map((one) => one.text);
    }, labelId);
  }
}
