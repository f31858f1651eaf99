import path from 'node:path';
import { planWorkspace, type PlannedNote } from '../fixtures/planned-workspace.ts';
import { checkAccessibility, expect, test } from '../fixtures/test.ts';
import { AnnotationScreen } from '../page-objects/annotation-screen.ts';

const text =
  'Note <b>one</b> & {{x}}: metformin for type 2\ndiabetes, aspirin for headache.\r\nNo fever. Naïve e\u0301tat 👩‍⚕️ ok.';

function span(label: string, quote: string): { label: string; start: number; end: number } {
  const start = text.indexOf(quote);
  return { label, start, end: start + quote.length };
}

const notes: readonly PlannedNote[] = [
  { externalId: 'plain', text },
  {
    externalId: 'annotated',
    text,
    spans: [span('Treatment', 'metformin'), span('Disease', 'type 2\ndiabetes'), span('Disease', 'diabetes')],
    links: [{ from: 0, to: 1 }],
  },
  ...Array.from({ length: 40 }, (_, index) => ({
    externalId: `more-${String(index).padStart(2, '0')}`,
    text: `Visit ${index}: headache.`,
  })),
];

test('a note is annotated, linked and corrected without a mouse, and nothing of it is lost', async ({
  launch,
  folder,
}) => {
  const workspace = planWorkspace(folder, notes);
  const { page } = await launch({ workspace });
  const screen = new AnnotationScreen(page);
  await screen.open(1);
  await expect(screen.text.locator('.note-line').first()).toHaveText(
    'Note <b>one</b> & {{x}}: metformin for type 2',
  );

  // Tag a treatment, and a disease across a line break.
  const line = 'Note <b>one</b> & {{x}}: '.match(/\w+|[^\s\w]/g) ?? [];
  await screen.caretTo(line.length);
  await screen.press('t', 'ArrowRight', 'ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight', 'd');
  expect(await screen.spanNames()).toEqual([
    'Treatment: metformin, line 1',
    'Disease: type 2 diabetes, line 1',
  ]);
  await screen.allSaved();
  await expect(screen.saved).toContainText(/Saved \d\d:\d\d:\d\d/);
  expect(await screen.painted(1)).toEqual(['type 2diabetes']);

  // Change a label, take it back; nested span inside; remove; undo.
  await screen.press('t');
  await expect.poll(() => screen.spanNames()).toContain('Treatment: type 2 diabetes, line 1');
  await screen.press('Control+z');
  await expect.poll(() => screen.spanNames()).toContain('Disease: type 2 diabetes, line 1');
  await screen.press('ArrowRight', 'Shift+D');
  await expect.poll(() => screen.spanNames()).toHaveLength(3);
  expect(await screen.painted(1)).toEqual(['type 2diabetes', 'diabetes']);
  await screen.press('Delete');
  await expect.poll(() => screen.spanNames()).toHaveLength(2);

  // Link: only the legal target is offered.
  await screen.press('Control+Home', ']', 'l');
  await expect(page.locator('.note-target')).toHaveCount(2);
  await expect(page.locator('.note-target-badge')).toHaveText(['1']);
  await screen.press('Enter');
  await expect(screen.links).toHaveCount(1);
  await expect(screen.links).toContainText(['metformintreatstype 2 diabetes']);
  await screen.press('l');
  await expect(screen.notice).toContainText('no such span left to link');

  // Bounds by keys.
  await screen.press(']', 'Alt+ArrowLeft');
  await expect.poll(() => screen.spanNames()).toContain('Disease: type 2, line 1');
  await screen.press('Control+z');
  await expect.poll(() => screen.spanNames()).toContain('Disease: type 2 diabetes, line 1');

  // Done, on to the next note; undo from there says where it was and leads back.
  await screen.allSaved();
  await screen.press('Control+Enter');
  await expect(page.locator('[data-open-note="2"]')).toBeVisible();
  await screen.press('Control+z');
  await expect(page.locator('[data-open-note="1"]')).toBeVisible();
  await expect(page.getByText('Took back: Mark note as done in note plain.').first()).toBeVisible();
  await expect(screen.links).toHaveCount(1);
});

test('what was acknowledged is there after a restart, with its undo', async ({ launch, folder }) => {
  const workspace = planWorkspace(folder, notes);
  const first = await launch({ workspace });
  const before = new AnnotationScreen(first.page);
  await before.open(1);
  await before.press('d', 'ArrowRight', 't');
  await before.allSaved();
  const names = await before.spanNames();
  expect(names).toHaveLength(2);
  await first.close();

  const second = await launch({ workspace });
  const after = new AnnotationScreen(second.page);
  await after.open(1);
  expect(await after.spanNames()).toEqual(names);
  await after.press('Control+z');
  await expect.poll(() => after.spanNames()).toHaveLength(1);
  await after.press('Control+z');
  await expect(second.page.getByText('No spans yet.')).toBeVisible();
  await after.press('Control+Shift+z', 'Control+y');
  await expect.poll(() => after.spanNames()).toEqual(names);
});

test('everything can be done with the mouse', async ({ launch, folder }) => {
  const { page } = await launch({ workspace: planWorkspace(folder, notes) });
  const screen = new AnnotationScreen(page);
  await screen.open(1);
  const line = screen.text.locator('.note-line').nth(1);
  const box = await line.boundingBox();
  if (!box) throw new Error('the line has no box');
  // Drag over "diabetes" of the second line, starting inside the word.
  await page.mouse.move(box.x + 6, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 40, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await page.getByRole('toolbar', { name: 'Acts on the selection' }).getByText('Disease').click();
  await expect.poll(() => screen.spanNames()).toEqual(['Disease: diabetes, line 2']);

  // Its end is dragged out over the comma and the next word.
  const handle = page.locator('.note-handle[data-edge="end"]');
  await handle.hover();
  await page.mouse.down();
  await page.mouse.move(box.x + 100, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => screen.spanNames()).toEqual(['Disease: diabetes, aspirin, line 2']);
  await page.getByRole('toolbar', { name: 'Acts on the selection' }).getByTitle('Remove this span').click();
  await expect(page.getByText('No spans yet.')).toBeVisible();

  await screen.queue.getByText('annotated').click();
  await expect(page.locator('[data-open-note="2"]')).toBeVisible();
  await screen.spans.first().click();
  await expect(page.locator('.note-active-tag')).toHaveText('Treatment');
  await page.getByRole('button', { name: 'Remove this link' }).click();
  await expect(screen.links).toHaveCount(0);
  await page.getByRole('button', { name: 'Flagged' }).click();
  await expect(page.getByRole('button', { name: 'Flagged' })).toHaveAttribute('aria-pressed', 'true');
});

test('a label of one’s own gets a key that works at once', async ({ launch, folder }) => {
  const { page } = await launch({ workspace: planWorkspace(folder, notes) });
  const screen = new AnnotationScreen(page);
  await screen.open(1);
  await page.getByRole('button', { name: 'Add a label' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Anatomy');
  await dialog.getByLabel('Key').fill('d');
  await dialog.getByRole('button', { name: 'Add label' }).click();
  await expect(dialog.getByRole('alert')).toContainText('D tags Disease already');
  await dialog.getByLabel('Key').fill('a');
  await dialog.getByRole('button', { name: 'Add label' }).click();
  await expect(dialog).toBeHidden();
  await screen.text.focus();
  await screen.press('a');
  await expect.poll(() => screen.spanNames()).toEqual(['Anatomy: Note, line 1']);
  await expect(screen.keys).toContainText('Anatomy');
});

test('the list filters, finds and keeps the place', async ({ launch, folder }) => {
  const { page } = await launch({ workspace: planWorkspace(folder, notes) });
  const screen = new AnnotationScreen(page);
  await screen.open(1);
  await expect(page.getByText('42 notes')).toBeVisible();
  await page.getByLabel('Search notes').fill('more-07');
  await expect(page.getByText('1 note', { exact: true })).toBeVisible();
  await screen.queue.focus();
  await screen.press('Enter');
  await expect(page.locator('.note-head h2')).toHaveText('more-07');
  await page.getByLabel('Search notes').fill('nothing of the kind');
  await expect(page.getByText('No note fits this filter.')).toBeVisible();
});

test('the screen is accessible and looks right in both themes and sizes', async ({
  launch,
  folder,
}, testInfo) => {
  const { page, app } = await launch({ workspace: planWorkspace(folder, notes) });
  const screen = new AnnotationScreen(page);
  await screen.open(2);
  await screen.press(']');
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((wanted) => {
      document.body.classList.toggle('bp6-dark', wanted === 'dark');
      document.documentElement.dataset['theme'] = wanted;
    }, theme);
    for (const [width, height] of [
      [1280, 800],
      [1920, 1080],
    ] as const) {
      await app.evaluate(
        ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size[0], size[1]),
        [width, height] as const,
      );
      await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(width);
      const file = testInfo.outputPath(`annotation-${theme}-${width}.png`);
      await page.screenshot({ path: file });
      await testInfo.attach(path.basename(file), { path: file, contentType: 'image/png' });
    }
    await checkAccessibility(page);
  }
});
