import type { NoteStatus } from '../api/annotation.ts';

/**
 * What annotation should do, said in the plainest way: whole states are kept, and undo puts an earlier one back.
 * The property test holds the real service against it.
 */
export interface ModelSpan {
  readonly label: number;
  readonly start: number;
  readonly end: number;
}

export interface ModelLayer {
  readonly touchedAt: number;
  readonly spans: ReadonlyMap<string, ModelSpan>;
  readonly links: ReadonlyMap<string, { readonly from: string; readonly to: string }>;
}

export const emptyLayer: ModelLayer = { touchedAt: 0, spans: new Map(), links: new Map() };

interface ModelAct {
  readonly note: number;
  readonly layer: readonly [before: ModelLayer | null, after: ModelLayer | null] | null;
  status: readonly [from: NoteStatus, to: NoteStatus] | null;
}

export interface ModelProfile {
  readonly done: ModelAct[];
  readonly undone: ModelAct[];
  /** Own layers by note. */
  readonly layers: Map<number, ModelLayer>;
}

export class PlainModel {
  readonly profiles = new Map<string, ModelProfile>();
  readonly imports: readonly (ModelLayer | null)[];
  readonly statuses: NoteStatus[];
  profileName = 'Ada';

  constructor(imports: readonly (ModelLayer | null)[]) {
    this.imports = imports;
    this.statuses = imports.map(() => 'new');
  }

  get profile(): ModelProfile {
    const known = this.profiles.get(this.profileName);
    if (known) return known;
    const made: ModelProfile = { done: [], undone: [], layers: new Map() };
    this.profiles.set(this.profileName, made);
    return made;
  }

  /** What the profile sees of a note. */
  shown(note: number): ModelLayer | null {
    const own = this.profile.layers.get(note);
    if (own) return own;
    const others = [...this.profiles.values()].flatMap((profile) => profile.layers.get(note) ?? []);
    return others.toSorted((a, b) => b.touchedAt - a.touchedAt)[0] ?? this.imports[note] ?? null;
  }

  edit(
    note: number,
    at: number,
    change: (layer: {
      spans: Map<string, ModelSpan>;
      links: Map<string, { from: string; to: string }>;
    }) => void,
  ): void {
    const before = this.profile.layers.get(note) ?? null;
    const base = this.shown(note) ?? emptyLayer;
    const spans = new Map(base.spans);
    const links = new Map(base.links);
    change({ spans, links });
    const after: ModelLayer = { touchedAt: at, spans, links };
    const status = this.statuses[note] ?? 'new';
    this.record({ note, layer: [before, after], status: status === 'new' ? ['new', 'started'] : null });
  }

  setStatus(note: number, at: number, to: NoteStatus): void {
    const from = this.statuses[note] ?? 'new';
    if (from === to) return;
    const before = this.profile.layers.get(note) ?? null;
    const base = this.shown(note) ?? emptyLayer;
    const layer = to === 'done' ? ([before, { ...base, touchedAt: at }] as const) : null;
    this.record({ note, layer, status: [from, to] });
  }

  private record(act: ModelAct): void {
    this.profile.undone.length = 0;
    this.profile.done.push(act);
    this.put(act, 1);
  }

  private put(act: ModelAct, side: 0 | 1): void {
    if (act.layer) {
      const layer = act.layer[side];
      if (layer) this.profile.layers.set(act.note, layer);
      else this.profile.layers.delete(act.note);
    }
    if (act.status) {
      // A status that somebody else has set since stays, and the act lets go of it.
      if (this.statuses[act.note] === act.status[1 - side]) this.statuses[act.note] = act.status[side];
      else act.status = null;
    }
  }

  undo(): boolean {
    const act = this.profile.done.pop();
    if (!act) return false;
    this.put(act, 0);
    this.profile.undone.push(act);
    return true;
  }

  redo(): boolean {
    const act = this.profile.undone.pop();
    if (!act) return false;
    this.put(act, 1);
    this.profile.done.push(act);
    return true;
  }
}
