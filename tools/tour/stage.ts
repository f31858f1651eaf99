import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';

/** What a step of the tour works with. */
export interface Stage {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** A folder that the app may write: workspace, exports. */
  readonly folder: string;
  readonly report: Record<string, unknown>;
  /** A picture of the screen as it is, numbered in the order of the tour. */
  shot(name: string): Promise<void>;
}

export interface StepTime {
  readonly step: string;
  readonly seconds: number;
}

/** Runs steps one after the other, takes their time and names the one that failed. */
export class Tour {
  readonly times: StepTime[] = [];
  readonly #say: (line: string) => void;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  async step<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const started = performance.now();
    try {
      return await work();
    } catch (error) {
      throw new Error(`the tour stopped at “${name}”`, { cause: error });
    } finally {
      const seconds = (performance.now() - started) / 1000;
      this.times.push({ step: name, seconds });
      this.#say(`  ${name.padEnd(34)} ${seconds.toFixed(1).padStart(6)} s`);
    }
  }
}

export function camera(page: Page, folder: string): Stage['shot'] {
  mkdirSync(folder, { recursive: true });
  let number = 0;
  return async (name) => {
    number += 1;
    const file = path.join(folder, `${String(number).padStart(2, '0')}-${name}.png`);
    await page.screenshot({ path: file });
  };
}
