import type { IconName } from '@blueprintjs/core';
import type { NoteStatus } from '../../workers/api/annotation.ts';

/** A status by word and sign, so that colour is never needed. */
export const statusLook: Readonly<Record<NoteStatus, { readonly word: string; readonly icon: IconName }>> = {
  new: { word: 'New', icon: 'circle' },
  started: { word: 'Started', icon: 'edit' },
  done: { word: 'Done', icon: 'tick-circle' },
  flagged: { word: 'Flagged', icon: 'flag' },
};
