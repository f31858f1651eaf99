import { matches } from './keys.ts';

/** Something that can be done now: it stands in the palette and the cheat sheet, and runs by its keys. */
export interface Command {
  /** `area.verb`; unique among what is mounted. Key bindings are kept under it. */
  readonly id: string;
  /** What it does, as a person would say it: "Tag as Disease". */
  readonly title: string;
  /** Heading in the palette and the cheat sheet, such as "Annotation". */
  readonly group?: string;
  /** Combinations in Blueprint's grammar; any of them runs it. */
  readonly keys?: string | readonly string[];
  readonly run: () => void;
  /** While false, the keys do nothing and the palette leaves it out. */
  readonly when?: () => boolean;
  /** The keys work in text fields and dialogs too. */
  readonly everywhere?: boolean;
  /** Known by its keys only: listed in the cheat sheet, not in the palette (moving a caret, say). */
  readonly keysOnly?: boolean;
}

type Bindings = Readonly<Record<string, readonly string[]>>;

/** Commands of everything that is mounted, newest last: what a screen adds goes before what the frame has. */
export class CommandRegistry {
  readonly #groups: { readonly commands: readonly Command[] }[] = [];
  readonly #listeners = new Set<() => void>();
  #bindings: Bindings = {};
  #list: readonly Command[] = [];

  add(commands: readonly Command[]): () => void {
    const group = { commands };
    this.#groups.push(group);
    this.#changed();
    return () => {
      const at = this.#groups.indexOf(group);
      if (at >= 0) this.#groups.splice(at, 1);
      this.#changed();
    };
  }

  readonly list = (): readonly Command[] => this.#list;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The keys in force: the person's own where there are any, else the command's. */
  keysOf(command: Command): readonly string[] {
    const own = this.#bindings[command.id];
    if (own !== undefined) return own;
    if (command.keys === undefined) return [];
    return typeof command.keys === 'string' ? [command.keys] : command.keys;
  }

  get bindings(): Bindings {
    return this.#bindings;
  }

  setBindings(bindings: Bindings): void {
    this.#bindings = bindings;
    this.#changed();
  }

  run(id: string): boolean {
    const command = this.#list.findLast((each) => each.id === id && isReady(each));
    command?.run();
    return command !== undefined;
  }

  /** The command that a key press means where the focus is, or null. */
  commandFor(event: KeyboardEvent): Command | null {
    if (event.isComposing || event.keyCode === 229) return null;
    const confined = isConfined(event.target);
    for (let at = this.#list.length - 1; at >= 0; at -= 1) {
      const command = this.#list[at];
      if (command === undefined || (confined && command.everywhere !== true)) continue;
      if (!this.keysOf(command).some((combo) => matches(event, combo))) continue;
      if (isReady(command)) return command;
    }
    return null;
  }

  #changed(): void {
    this.#list = this.#groups.flatMap((group) => group.commands);
    for (const listener of this.#listeners) listener();
  }
}

const isReady = (command: Command): boolean => command.when?.() ?? true;

/** Text fields keep their keys, and so do dialogs, menus and popovers. */
function isConfined(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type);
  return target.closest('[role="dialog"], [role="menu"], .bp6-portal .bp6-overlay') !== null;
}

/** The one registry of this window. */
export const commands = new CommandRegistry();
