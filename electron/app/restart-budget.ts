/** How often something that keeps failing may be started again before a person is asked. */
export class RestartBudget {
  readonly #times: number[] = [];
  readonly #most: number;
  readonly #withinMs: number;

  constructor(most: number, withinMs: number) {
    this.#most = most;
    this.#withinMs = withinMs;
  }

  /** Counts a restart at `now`; false when the budget is used up. */
  take(now: number): boolean {
    while (this.#times[0] !== undefined && now - this.#times[0] > this.#withinMs) this.#times.shift();
    if (this.#times.length >= this.#most) return false;
    this.#times.push(now);
    return true;
  }
}
