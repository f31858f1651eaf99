import type { ActReply, NoteStatus } from '../api/annotation.ts';
import type { EngineContext } from '../engine/context.ts';
import type { ActDesk, ActInput } from './act.ts';
import { perform } from './act.ts';

/** The first edit of a new note starts it. */
export function startNote(desk: ActDesk): void {
  if (desk.head.status !== 'new') return;
  desk.change({ op: 'status', from: 'new', to: 'started' }, { op: 'status', from: 'started', to: 'new' });
}

const titles: Readonly<Record<NoteStatus, string>> = {
  new: 'Mark note as new',
  started: 'Mark note as started',
  done: 'Mark note as done',
  flagged: 'Flag note',
};

/** A note that is done holds its annotator's word, also when that word is "nothing here". */
export function setStatus(
  context: EngineContext,
  input: ActInput & { readonly status: NoteStatus },
): ActReply {
  return perform(context, input, {
    title: titles[input.status],
    needsOwnLayer: input.status === 'done',
    alreadyDone: (scene) => scene.head.status === input.status,
    run(desk) {
      const from = desk.head.status;
      desk.change({ op: 'status', from, to: input.status }, { op: 'status', from: input.status, to: from });
    },
  });
}
