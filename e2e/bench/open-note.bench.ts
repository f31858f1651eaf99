/**
 * Opening a note and annotating it in the real app with real keys: how long until the frame that shows it is done.
 * The note has 20 kB and 400 spans. Times are taken in the page, from the time stamp of the key's event.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { Figure, Report } from '../../tools/bench/figures.ts';
import { appFolder } from '../../tools/electron.ts';
import type { PlannedNote } from '../fixtures/planned-workspace.ts';
import { planWorkspace } from '../fixtures/planned-workspace.ts';
import { runApp } from '../fixtures/running-app.ts';
import { AnnotationScreen } from '../page-objects/annotation-screen.ts';

const noteSize = 20_000;
const spanCount = 400;
const noteCount = 24;
const keyRounds = 40;

const sentence =
  'The patient is a 67-year-old woman with hypertension, type 2 diabetes and chronic kidney disease who was started on furosemide for heart failure and tolerated metformin 500 mg b.i.d. well. ';

/** A note of the size asked for; every n-th word is a span. */
function largeNote(index: number): PlannedNote {
  let text = `Note ${index}.\n`;
  for (let line = 0; text.length < noteSize; line += 1) text += sentence + (line % 3 === 2 ? '\n' : '');
  text = text.slice(0, noteSize);
  const words = [...text.matchAll(/[a-z]{2,}/gi)];
  const step = words.length / spanCount;
  const spans = Array.from({ length: spanCount }, (_, at) => {
    const word = words[Math.floor(at * step)];
    const start = word?.index ?? 0;
    return { label: at % 3 === 0 ? 'Treatment' : 'Disease', start, end: start + (word?.[0].length ?? 1) };
  });
  return { externalId: `large-${String(index).padStart(2, '0')}`, text, spans };
}

function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** One key as the page saw it. */
interface KeyTime {
  readonly key: string;
  /** From the event's time stamp to the end of the frame after it. */
  readonly paint: number;
  /** How long the listeners of the page ran. */
  readonly handler: number;
}

/** Runs in the page: notes for each key when it came, when its listeners were through and when its frame was done. */
function watchKeys(): void {
  const times: KeyTime[] = [];
  Object.assign(window, { keyTimes: times });
  window.addEventListener(
    'keydown',
    (event) => {
      const begun = performance.now();
      let handler = 0;
      // Added while the event is under way, so it runs after every other listener.
      window.addEventListener('keydown', () => (handler = performance.now() - begun), { once: true });
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.addEventListener('message', () => {
          times.push({ key: event.key, paint: performance.now() - event.timeStamp, handler });
        });
        channel.port1.start();
        channel.port2.postMessage(null);
      });
    },
    { capture: true },
  );
}

/** Runs in the page: presses are made outside; resolves when the note after `noteId` is painted. */
function nextNotePainted(noteId: number): Promise<number> {
  return new Promise((resolve) => {
    let pressed = 0;
    window.addEventListener('keydown', (event) => (pressed = event.timeStamp), { capture: true, once: true });
    const observer = new MutationObserver(() => {
      if (!document.querySelector(`[data-open-note="${noteId}"]`)) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.addEventListener('message', () => resolve(performance.now() - pressed));
        channel.port1.start();
        channel.port2.postMessage(null);
      });
    });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
  });
}

function figure(name: string, target: number, samples: readonly number[], share: number): Figure {
  return {
    figure: name,
    value: percentile(samples, share),
    unit: 'ms',
    better: 'lower',
    target,
    n: samples.length,
    min: Math.min(...samples),
    max: Math.max(...samples),
  };
}

export default async function openNoteBench(report: Report): Promise<void> {
  const folder = appFolder('bench');
  const workspace = planWorkspace(
    folder,
    Array.from({ length: noteCount }, (_, index) => largeNote(index)),
  );
  const running = await runApp({ workspace });
  try {
    const { page } = running;
    const screen = new AnnotationScreen(page);
    await screen.open(1);

    const opened: number[] = [];
    for (let noteId = 2; noteId <= noteCount; noteId += 1) {
      const painted = page.evaluate(nextNotePainted, noteId);
      await page.keyboard.press('Alt+ArrowDown');
      opened.push(await painted);
      await page.waitForTimeout(60 + (randomBytes(1)[0] ?? 0) / 4);
    }
    report(figure('open-p95-ms', 100, opened, 0.95));

    await page.evaluate(watchKeys);
    await screen.text.focus();
    for (let round = 0; round < keyRounds; round += 1) {
      for (const key of [
        'ArrowRight',
        'ArrowRight',
        'd',
        't',
        'Delete',
        'ArrowDown',
        'Shift+ArrowRight',
        't',
      ]) {
        await page.keyboard.press(key);
        // A person's pace, and never in step with the screen's frames.
        await page.waitForTimeout(35 + (randomBytes(1)[0] ?? 0) / 8);
      }
    }
    await screen.allSaved();
    const times = await page.evaluate(() => (window as unknown as { keyTimes: KeyTime[] }).keyTimes);
    const keys = times.filter(({ key }) => key !== 'Shift').slice(16);
    const paint = keys.map((time) => time.paint);
    report(figure('key-to-paint-p50-ms', 16, paint, 0.5));
    report(figure('key-to-paint-p95-ms', 33, paint, 0.95));
    report(
      figure(
        'handler-p95-ms',
        4,
        keys.map((time) => time.handler),
        0.95,
      ),
    );
  } finally {
    await running.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
