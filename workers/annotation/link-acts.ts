import type { ActReply } from '../api/annotation.ts';
import { MedspanError } from '../api/errors.ts';
import type { EngineContext } from '../engine/context.ts';
import type { ActInput } from './act.ts';
import { perform } from './act.ts';
import type { LinkRecord } from './change.ts';
import { linksOfSpan, readLink } from './layer-rows.ts';
import { queries } from './queries.ts';
import { legalTypes } from './schema.ts';
import { spanOf } from './span-acts.ts';
import { startNote } from './status-act.ts';

export interface AddLinkInput extends ActInput {
  readonly uid: string;
  readonly typeId: number;
  readonly from: string;
  readonly to: string;
}

export function addLink(context: EngineContext, input: AddLinkInput): ActReply {
  const { db } = context;
  const type = queries(db)
    .linkTypes.all()
    .find((one) => one.id === input.typeId);
  if (!type) throw new MedspanError('NOT_FOUND', `Link type ${input.typeId} is not in the schema.`);
  return perform(context, input, {
    title: `Link ${type.name}`,
    needsOwnLayer: true,
    alreadyDone: (scene) => {
      if (scene.shownLayer === null) return false;
      const there = readLink(db, input.noteId, scene.shownLayer, input.uid);
      if (!there) return false;
      if (there.from === input.from && there.to === input.to && there.type === input.typeId) return true;
      throw new MedspanError('CONFLICT', 'Another link has this id already; make a new one.', {
        uid: input.uid,
      });
    },
    run(desk) {
      const from = spanOf(context, desk, input.from);
      const to = spanOf(context, desk, input.to);
      if (!legalTypes(db, from.label, to.label).some((one) => one.id === type.id)) {
        throw new MedspanError(
          'NOT_ALLOWED',
          `A link "${type.name}" cannot run between these two labels; the schema says which ones it connects.`,
        );
      }
      for (const other of linksOfSpan(db, desk.layerId, from.uid)) {
        if (other.type === type.id && other.from === from.uid && other.to === to.uid) {
          throw new MedspanError('CONFLICT', `The two spans are linked as "${type.name}" already.`, {
            uid: other.uid,
          });
        }
      }
      const link: LinkRecord = {
        uid: input.uid,
        type: type.id,
        from: from.uid,
        to: to.uid,
        createdAt: desk.now,
      };
      desk.change({ op: 'put', spans: [], links: [link] }, { op: 'drop', spans: [], links: [link.uid] });
      startNote(desk);
    },
  });
}

export function removeLink(context: EngineContext, input: ActInput & { readonly uid: string }): ActReply {
  return perform(context, input, {
    title: 'Remove link',
    needsOwnLayer: true,
    run(desk) {
      const link = readLink(context.db, input.noteId, desk.layerId, input.uid);
      if (!link) {
        throw new MedspanError(
          'NOT_FOUND',
          `The link is not in note ${desk.head.externalId} any more; nothing was changed.`,
          { noteId: input.noteId, uid: input.uid },
        );
      }
      desk.change({ op: 'drop', spans: [], links: [link.uid] }, { op: 'put', spans: [], links: [link] });
      startNote(desk);
    },
  });
}
