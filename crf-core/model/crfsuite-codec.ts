import { CrfError } from '../errors.ts';
import type { TemplateSet } from '../features/template-set.ts';
import { Vocabulary } from '../features/vocabulary.ts';
import type { TagScheme } from '../text/schemes.ts';
import type { CrfModel } from './crf-model.ts';
import { checkModel } from './crf-model.ts';
import { readStringTable, writeStringTable } from './crfsuite-strings.ts';
import { encodeUtf8 } from './utf8.ts';

const headerBytes = 48;
const featureBytes = 20;

/** What a CRFsuite file does not say and the caller knows. */
export interface CrfsuiteReadOptions {
  /** Scheme of the labels. Default IOB2 when every label but `O` begins with `B-` or `I-`, else IO. */
  readonly scheme?: TagScheme | undefined;
  /** Templates that make the attributes by the same names; without them the model tags attributes only. */
  readonly templateSet?: TemplateSet | undefined;
}

const guessScheme = (labels: readonly string[]): TagScheme =>
  labels.every((label) => label === 'O' || /^[BI]-./.test(label)) ? 'IOB2' : 'IO';

/**
 * Reads a CRFsuite model file. Such files carry no checksum: every offset is checked, so damage gives a named error
 * or other weights, never a read outside the file.
 * @throws CrfError CRF_MODEL_TRUNCATED, CRF_MODEL_CORRUPT, CRF_MODEL_VERSION, CRF_NOT_FINITE
 */
export function decodeCrfsuiteModel(bytes: Uint8Array, options: CrfsuiteReadOptions = {}): CrfModel {
  const corrupt = (problem: string): never => {
    throw new CrfError('CRF_MODEL_CORRUPT', `The CRFsuite model is damaged (${problem}). Load another copy.`);
  };
  if (bytes.length < headerBytes) {
    throw new CrfError(
      'CRF_MODEL_TRUNCATED',
      `The CRFsuite model ends after ${bytes.length} bytes. Copy it again.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (at: number): number =>
    at + 4 <= bytes.length ? view.getUint32(at, true) : corrupt('cut off');
  if (word(0) !== 0x4652436c || word(8) !== 0x434d4f46) {
    corrupt('it does not begin as CRFsuite models do; choose a file written by CRFsuite');
  }
  if (word(12) !== 100) {
    throw new CrfError(
      'CRF_MODEL_VERSION',
      `The CRFsuite model has version ${word(12)}; version 100 can be read.`,
    );
  }
  if (word(4) !== bytes.length) {
    throw new CrfError(
      'CRF_MODEL_TRUNCATED',
      `The CRFsuite model should have ${word(4)} bytes but has ${bytes.length}. Copy it again.`,
    );
  }
  const labels = readStringTable(bytes, word(32), 'labels');
  const names = readStringTable(bytes, word(36), 'attributes');
  if (labels.length !== word(20) || names.length !== word(24)) corrupt('counts do not match');
  const features = word(28);
  if (word(features) !== 0x54414546) corrupt('no features where the header says');
  const count = word(features + 8);
  if (features + 12 + count * featureBytes > bytes.length) corrupt('features run past the end');
  const transitions = new Float64Array(labels.length * labels.length);
  const perAttribute = new Int32Array(names.length + 1);
  const each = (visit: (type: number, from: number, to: number, weight: number) => void): void => {
    for (let index = 0; index < count; index++) {
      const at = features + 12 + index * featureBytes;
      const type = word(at);
      const from = word(at + 4);
      const to = word(at + 8);
      if (type > 1 || from >= (type === 0 ? names.length : labels.length) || to >= labels.length) {
        corrupt('a feature of no attribute or label');
      }
      visit(type, from, to, view.getFloat64(at + 12, true));
    }
  };
  each((type, from, to, weight) => {
    if (type === 0) perAttribute[from + 1]!++;
    else transitions[from * labels.length + to] = weight;
  });
  for (let index = 0; index < names.length; index++) perAttribute[index + 1]! += perAttribute[index]!;
  const states = perAttribute[names.length]!;
  const stateLabels = new Uint16Array(states);
  const stateWeights = new Float64Array(states);
  const next = perAttribute.slice();
  each((type, from, to, weight) => {
    if (type !== 0) return;
    stateLabels[next[from]!] = to;
    stateWeights[next[from]!++] = weight;
  });
  const attributes = new Vocabulary();
  for (const name of names) attributes.raw(name);
  if (attributes.size !== names.length) corrupt('an attribute stands twice');
  const model: CrfModel = {
    labels,
    scheme: options.scheme ?? guessScheme(labels),
    templateSet: options.templateSet ?? null,
    attributes: attributes.freeze(),
    weights: { stateStarts: perAttribute, stateLabels, stateWeights, transitions },
  };
  checkModel(model);
  return model;
}

/**
 * Writes a model as a CRFsuite file: weights of 0 and attributes without weights are left out, attributes keep their
 * order. CRFsuite's own tagger loads it; reading and writing a file of CRFsuite gives the same bytes.
 * @throws CrfError CRF_MODEL_CORRUPT for a name with a zero character, CRF_TOO_LARGE beyond 4 GB
 */
export function encodeCrfsuiteModel(model: CrfModel): Uint8Array {
  const { labels, attributes, weights } = model;
  const size = labels.length;
  const names: string[] = [];
  const states: { attribute: number; label: number; weight: number }[] = [];
  for (let attribute = 0; attribute < attributes.size; attribute++) {
    let active = false;
    for (let f = weights.stateStarts[attribute]!; f < weights.stateStarts[attribute + 1]!; f++) {
      const weight = weights.stateWeights[f]!;
      if (weight === 0) continue;
      states.push({ attribute: names.length, label: weights.stateLabels[f]!, weight });
      active = true;
    }
    if (active) names.push(attributes.nameOf(attribute));
  }
  const moves: { from: number; to: number; weight: number }[] = [];
  weights.transitions.forEach((weight, cell) => {
    if (weight !== 0) moves.push({ from: Math.floor(cell / size), to: cell % size, weight });
  });
  const count = states.length + moves.length;
  const labelTable = writeStringTable(labels);
  const nameTable = writeStringTable(names);
  const pad = (length: number): number => (length + 3) & ~3;
  const labelsAt = headerBytes + 12 + count * featureBytes;
  const namesAt = labelsAt + labelTable.length;
  const labelRefs = pad(namesAt + nameTable.length);
  const labelRefsEnd = labelRefs + 12 + (size + 2) * 4 + size * 4 + moves.length * 4;
  const nameRefs = pad(labelRefsEnd);
  const total = nameRefs + 12 + names.length * 8 + states.length * 4;
  if (total > 0xffffffff) {
    throw new CrfError(
      'CRF_TOO_LARGE',
      'The model is too large for a CRFsuite file (4 GB). Use the native format.',
    );
  }
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  const put = (at: number, ...words: number[]): number => {
    words.forEach((value, index) => view.setUint32(at + index * 4, value, true));
    return at + words.length * 4;
  };
  bytes.set(encodeUtf8('lCRF'), 0);
  put(4, total);
  bytes.set(encodeUtf8('FOMC'), 8);
  // CRFsuite itself leaves the count of features in the header at 0.
  put(12, 100, 0, size, names.length, headerBytes, labelsAt, namesAt, labelRefs, nameRefs);
  bytes.set(encodeUtf8('FEAT'), headerBytes);
  let at = put(headerBytes + 4, 12 + count * featureBytes, count);
  for (const { attribute, label, weight } of states) {
    at = put(at, 0, attribute, label);
    view.setFloat64(at, weight, true);
    at += 8;
  }
  for (const { from, to, weight } of moves) {
    at = put(at, 1, from, to);
    view.setFloat64(at, weight, true);
    at += 8;
  }
  bytes.set(labelTable, labelsAt);
  bytes.set(nameTable, namesAt);

  bytes.set(encodeUtf8('LFRF'), labelRefs);
  put(labelRefs + 4, labelRefsEnd - labelRefs, size + 2);
  at = labelRefs + 12 + (size + 2) * 4;
  let move = 0;
  for (let label = 0; label < size; label++) {
    put(labelRefs + 12 + label * 4, at);
    const first = move;
    while (move < moves.length && moves[move]!.from === label) move++;
    at = put(at, move - first);
    for (let index = first; index < move; index++) at = put(at, states.length + index);
  }
  bytes.set(encodeUtf8('AFRF'), nameRefs);
  put(nameRefs + 4, total - nameRefs, names.length);
  at = nameRefs + 12 + names.length * 4;
  let state = 0;
  for (let attribute = 0; attribute < names.length; attribute++) {
    put(nameRefs + 12 + attribute * 4, at);
    const first = state;
    while (state < states.length && states[state]!.attribute === attribute) state++;
    at = put(at, state - first);
    for (let index = first; index < state; index++) at = put(at, index);
  }
  return bytes;
}
