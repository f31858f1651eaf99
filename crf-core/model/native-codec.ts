import { CrfError } from '../errors.ts';
import { validateTemplateSet } from '../features/template-set.ts';
import type { Slot } from '../features/vocabulary.ts';
import { Vocabulary } from '../features/vocabulary.ts';
import type { TagScheme } from '../text/schemes.ts';
import type { CrfModel } from './crf-model.ts';
import { checkModel } from './crf-model.ts';
import type { Section } from './sections.ts';
import { readSections, writeSections } from './sections.ts';

const magic = 'MEDSPCRF';
const version = 1;

/** Texts as lengths and UTF-16 units: exact for any string, and read without parsing. */
function packTexts(texts: readonly string[]): { lengths: Int32Array; units: Uint16Array } {
  const lengths = Int32Array.from(texts, (text) => text.length);
  const units = new Uint16Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (const text of texts)
    for (let index = 0; index < text.length; index++) units[at++] = text.charCodeAt(index);
  return { lengths, units };
}

function unpackTexts(lengths: Int32Array, units: Uint16Array): string[] {
  let all = '';
  for (let from = 0; from < units.length; from += 8192) {
    all += String.fromCharCode(...units.subarray(from, from + 8192));
  }
  const texts: string[] = [];
  let at = 0;
  for (const length of lengths) {
    texts.push(all.slice(at, at + length));
    at += length;
  }
  if (at !== all.length)
    throw new CrfError('CRF_MODEL_CORRUPT', "The model's texts do not line up. Load another copy.");
  return texts;
}

/**
 * Writes a model in the native format: sections of little-endian numbers behind a JSON head, with a checksum.
 * The same model gives the same bytes.
 */
export function encodeModel(model: CrfModel): Uint8Array {
  const data = model.attributes.toData();
  const texts = packTexts(data.values);
  return writeSections(magic, version, {
    head: {
      labels: model.labels,
      scheme: model.scheme,
      templateSet: model.templateSet,
      slots: data.slots,
    },
    sections: {
      stateWeights: model.weights.stateWeights,
      transitions: model.weights.transitions,
      stateStarts: model.weights.stateStarts,
      attributeSlots: data.attributeSlots,
      attributeValues: data.attributeValues,
      pairs: data.pairs,
      textLengths: texts.lengths,
      stateLabels: model.weights.stateLabels,
      textUnits: texts.units,
    },
  });
}

function section<T extends Section>(
  sections: Readonly<Record<string, Section>>,
  name: string,
  Type: new () => T,
): T {
  const found = sections[name];
  if (!(found instanceof Type)) {
    throw new CrfError('CRF_MODEL_CORRUPT', `The model lacks its section "${name}". Load another copy.`);
  }
  return found;
}

/**
 * Reads a model of the native format.
 * @throws CrfError CRF_MODEL_TRUNCATED, CRF_MODEL_CORRUPT, CRF_MODEL_VERSION, CRF_NOT_FINITE
 */
export function decodeModel(bytes: Uint8Array): CrfModel {
  const { head, sections } = readSections(magic, version, 'model', bytes);
  const { labels, scheme, templateSet, slots } = head as {
    labels: string[];
    scheme: TagScheme;
    templateSet: unknown;
    slots: Slot[];
  };
  const attributes = Vocabulary.fromData({
    slots,
    values: unpackTexts(
      section(sections, 'textLengths', Int32Array),
      section(sections, 'textUnits', Uint16Array),
    ),
    pairs: section(sections, 'pairs', Int32Array),
    attributeSlots: section(sections, 'attributeSlots', Int32Array),
    attributeValues: section(sections, 'attributeValues', Int32Array),
  });
  const model: CrfModel = {
    labels,
    scheme,
    templateSet: templateSet === null ? null : validateTemplateSet(templateSet),
    attributes,
    weights: {
      stateStarts: section(sections, 'stateStarts', Int32Array),
      stateLabels: section(sections, 'stateLabels', Uint16Array),
      stateWeights: section(sections, 'stateWeights', Float64Array),
      transitions: section(sections, 'transitions', Float64Array),
    },
  };
  checkModel(model);
  return model;
}
