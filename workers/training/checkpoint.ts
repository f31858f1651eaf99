import { MedspanError } from '../api/errors.ts';

/** What a run needs to go on where it was: the trainer's own state, and the best weights on dev so far. */
export interface Checkpoint {
  readonly trainer: Uint8Array;
  readonly patience: PatienceState;
  readonly best: BestWeights | null;
}

export interface PatienceState {
  readonly bestF1: number;
  readonly bestIteration: number;
  readonly sawEntity: boolean;
}

export interface BestWeights {
  readonly stateWeights: Float64Array;
  readonly transitions: Float64Array;
}

const headBytes = 4;

function view(numbers: Float64Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

/** Four bytes of head length, the head as JSON, then the parts it names one after the other. */
export function encodeCheckpoint({ trainer, patience, best }: Checkpoint): Uint8Array {
  const parts = [trainer, ...(best === null ? [] : [view(best.stateWeights), view(best.transitions)])];
  const head = new TextEncoder().encode(
    JSON.stringify({ patience, parts: parts.map((part) => part.byteLength) }),
  );
  const bytes = new Uint8Array(
    headBytes + head.byteLength + parts.reduce((sum, part) => sum + part.byteLength, 0),
  );
  new DataView(bytes.buffer).setUint32(0, head.byteLength, true);
  bytes.set(head, headBytes);
  let at = headBytes + head.byteLength;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}

export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const damaged = new MedspanError(
    'BAD_FILE',
    'The stored state of this run cannot be read. Restart the run; its settings are kept.',
  );
  if (bytes.byteLength < headBytes) throw damaged;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (headBytes + length > bytes.byteLength) throw damaged;
  let head: { readonly patience: PatienceState; readonly parts: readonly number[] };
  try {
    head = JSON.parse(new TextDecoder().decode(bytes.subarray(headBytes, headBytes + length))) as typeof head;
  } catch {
    throw damaged;
  }
  let at = headBytes + length;
  const parts = head.parts.map((size) => {
    const part = bytes.slice(at, at + size);
    at += size;
    return part;
  });
  const [trainer, stateWeights, transitions] = parts;
  if (trainer === undefined || at !== bytes.byteLength) throw damaged;
  return {
    trainer,
    patience: head.patience,
    best:
      stateWeights === undefined || transitions === undefined
        ? null
        : {
            stateWeights: new Float64Array(stateWeights.buffer),
            transitions: new Float64Array(transitions.buffer),
          },
  };
}
