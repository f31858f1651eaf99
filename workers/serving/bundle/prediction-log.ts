import { closeSync, fsyncSync, openSync, write } from 'node:fs';

interface Waiting {
  readonly text: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Appends lines to a file. `append` resolves once the lines are with the operating system, so that a killed
 * server loses no line that was acknowledged; lines of requests that wait at the same time go out in one write.
 * The file is opened for appending: a copy or a second server on the same file never overwrites.
 */
export class LineLog {
  readonly #file: number;
  #waiting: Waiting[] = [];
  #writing = false;
  #idle: (() => void)[] = [];

  constructor(path: string) {
    // Only its owner may read it: text hashes and counts of patients' notes are nobody else's business.
    this.#file = openSync(path, 'a', 0o600);
  }

  append(lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ text: `${lines.join('\n')}\n`, resolve, reject });
      if (!this.#writing) this.#next();
    });
  }

  /** Waits for what is under way, asks the disk to keep it and closes the file. */
  async close(): Promise<void> {
    if (this.#writing) await new Promise<void>((resolve) => this.#idle.push(resolve));
    fsyncSync(this.#file);
    closeSync(this.#file);
  }

  #next(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    if (batch.length === 0) {
      this.#writing = false;
      for (const done of this.#idle.splice(0)) done();
      return;
    }
    this.#writing = true;
    const bytes = Buffer.from(batch.map((entry) => entry.text).join(''));
    this.#write(bytes, 0, (error) => {
      for (const entry of batch) {
        if (error === null) entry.resolve();
        else entry.reject(error);
      }
      this.#next();
    });
  }

  /** The system may take fewer bytes than it was given. */
  #write(bytes: Buffer, from: number, done: (error: Error | null) => void): void {
    write(this.#file, bytes, from, bytes.length - from, null, (error, written) => {
      if (error !== null) done(error);
      else if (from + written < bytes.length) this.#write(bytes, from + written, done);
      else done(null);
    });
  }
}
