import { MedspanError } from '../../workers/api/errors.ts';

export interface QueryState<Data> {
  /** The newest answer; kept on screen while a newer one is under way. */
  readonly data: Data | undefined;
  readonly error: MedspanError | undefined;
  /** No answer yet at all. */
  readonly loading: boolean;
}

const initial: QueryState<never> = { data: undefined, error: undefined, loading: true };

/**
 * One question that is asked again whenever its answer may have changed. A refresh that is asked for while one is
 * under way runs once more afterwards, so a burst of events costs two calls and the last answer is never stale.
 */
export class LiveQuery<Data> {
  readonly #ask: (signal: AbortSignal) => Promise<Data>;
  readonly #listeners = new Set<() => void>();
  #state: QueryState<Data> = initial;
  #running: AbortController | null = null;
  #again = false;

  constructor(ask: (signal: AbortSignal) => Promise<Data>) {
    this.#ask = ask;
  }

  get state(): QueryState<Data> {
    return this.#state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  refresh(): void {
    if (this.#running !== null) {
      this.#again = true;
      return;
    }
    const running = new AbortController();
    this.#running = running;
    this.#ask(running.signal).then(
      (data) => this.#settle(running, { data, error: undefined, loading: false }),
      (error: unknown) =>
        this.#settle(running, { data: this.#state.data, error: asMedspanError(error), loading: false }),
    );
  }

  stop(): void {
    const running = this.#running;
    this.#running = null;
    this.#again = false;
    running?.abort();
  }

  #settle(running: AbortController, state: QueryState<Data>): void {
    if (this.#running !== running) return;
    this.#running = null;
    this.#state = state;
    for (const listener of this.#listeners) listener();
    if (this.#again) {
      this.#again = false;
      this.refresh();
    }
  }
}

/** What was thrown, as an error that a screen can show; a defect of ours keeps its text out of the window. */
export function asMedspanError(error: unknown): MedspanError {
  if (error instanceof MedspanError) return error;
  return new MedspanError(
    'INTERNAL',
    'Something went wrong in this window. Nothing that was saved is lost.',
    {},
    { cause: error },
  );
}
