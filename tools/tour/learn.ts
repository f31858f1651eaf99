/** The first half of the tour: from files to a scored run. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from '@playwright/test';
import { expect } from '@playwright/test';
import { answerSaveDialog } from '../../e2e/fixtures/dialogs.ts';
import { AnnotationScreen } from '../../e2e/page-objects/annotation-screen.ts';
import { CorpusScreen } from '../../e2e/page-objects/corpus-screen.ts';
import { StartPage } from '../../e2e/page-objects/start-page.ts';
import { TrainingScreen } from '../../e2e/page-objects/training-screen.ts';
import { recomputeF1 } from '../recompute-f1.ts';
import type { Stage } from './stage.ts';

/** Where the notes come from, and what their labels ask for. */
export interface TourData {
  readonly name: string;
  /** A folder to choose, or files. */
  readonly folder: string | null;
  readonly files: readonly string[];
  /** Parts were assigned by the source. */
  readonly split: 'source' | 'random';
  /** Runs of a label without B- and I- are best learnt as IO. */
  readonly scheme: 'IO' | 'IOB2';
}

export async function createWorkspace({ app, page, folder, shot }: Stage): Promise<void> {
  await shot('start');
  await new StartPage(app, page).create({ name: 'tour', folder });
  await expect(page.getByRole('button', { name: 'Workspace tour' })).toBeVisible();
  await shot('home-empty');
}

export async function importNotes({ app, page, shot }: Stage, data: TourData): Promise<void> {
  const corpus = new CorpusScreen(app, page);
  await corpus.show();
  await corpus.openWizard();
  if (data.folder === null) await corpus.chooseFiles(...data.files);
  else await corpus.chooseFolder(data.folder);
  await expect(corpus.start).toBeEnabled({ timeout: 60_000 });
  await shot('import-preview');
  await corpus.start.click();
  await expect(page.getByText(/notes came in/)).toBeVisible({ timeout: 120_000 });
  await shot('import-done');
  await page.getByRole('button', { name: 'Show the notes' }).click();
  await expect(corpus.notes).toBeVisible();
}

/** Tags the first word of the first note and takes it back, by keys alone. */
export async function annotate({ page, shot }: Stage): Promise<void> {
  await page.evaluate(() => (window.location.hash = '#/annotation'));
  const annotation = new AnnotationScreen(page);
  await expect(annotation.queue.getByRole('option').first()).toBeVisible();
  await annotation.queue.getByRole('option').first().click();
  await annotation.text.focus();
  const before = (await annotation.spanNames()).length;
  await annotation.press('Control+Home', 'd');
  await expect.poll(async () => (await annotation.spanNames()).length).not.toBe(before);
  await annotation.allSaved();
  await shot('annotate');
  await annotation.press('Control+z');
  await expect.poll(async () => (await annotation.spanNames()).length).toBe(before);
  await annotation.allSaved();
}

export async function freeze({ app, page, shot }: Stage, data: TourData): Promise<void> {
  const corpus = new CorpusScreen(app, page);
  await corpus.show();
  await corpus.freeze('v1');
  await corpus.split('v1', data.split);
  await shot('snapshot-and-split');
}

/** Trains with the shipped settings, and a second run without its regularisation to compare with. */
export async function train({ page, report, shot }: Stage, data: TourData): Promise<void> {
  const training = new TrainingScreen(page);
  await training.open();
  await page.getByRole('button', { name: 'New run' }).first().click();
  await training.form.getByLabel('Scheme').selectOption(data.scheme);
  await training.fill('Name', 'tour');
  await expect(training.form).toContainText(/Needs about .* of .* free/, { timeout: 60_000 });
  await shot('new-run');
  await training.start();
  await expect(training.row('tour')).toContainText('running');
  await shot('training-live');
  await training.finished('tour', 180_000);
  report['trainedRun'] = 'tour';
}

export async function evaluate({ app, page, folder, report, shot }: Stage): Promise<void> {
  const training = new TrainingScreen(page);
  await training.row('tour').dblclick();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('tour');
  const shown = await training.score('Strict spans, test', 'All labels');
  await shot('evaluation');
  await training.errors.scrollIntoViewIfNeeded();
  await shot('wrong-sentences');
  report['trainSeconds'] = await secondsOf(page.getByRole('region', { name: 'How it was made' }));

  const file = path.join(folder, 'predictions.tsv');
  await answerSaveDialog(app, file);
  await page.getByRole('button', { name: 'Export predictions' }).click();
  await expect(page.getByText(/tokens? written to predictions.tsv/).first()).toBeVisible();
  const scores = recomputeF1(readFileSync(file, 'utf8'));
  report['tokenMicroF1'] = scores.tokenMicroF1;
  report['strictSpanF1'] = scores.strictSpanF1;
  report['testTokens'] = scores.tokens;
  // What the app shows and what the file says must be one.
  expect(Math.abs(scores.strictSpanF1 - shown)).toBeLessThan(0.001);
}

export async function compareRuns({ page, shot }: Stage): Promise<void> {
  const training = new TrainingScreen(page);
  await training.open('/training/new');
  await training.fill('Name', 'short');
  await training.fill('Maximum iterations', '8');
  await training.start();
  await training.finished('short', 120_000);
  await training.table.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.keyboard.press('c');
  await expect(page.getByRole('region', { name: 'Difference in F1' })).toContainText(/p = /, {
    timeout: 60_000,
  });
  await shot('compare');
}

/** The seconds that the run's page states for training, in whatever unit it chose. */
async function secondsOf(facts: Locator): Promise<number> {
  const text = (await facts.textContent()) ?? '';
  const match = /Training(\d[\d.]*)\s*(ms|s|min)(?:\s*(\d+)\s*s)?/.exec(text.replaceAll('\u2009', ''));
  if (match === null) throw new Error('the run’s page states no training time');
  const value = Number(match[1]);
  return match[2] === 'ms' ? value / 1000 : match[2] === 'min' ? value * 60 + Number(match[3] ?? 0) : value;
}
