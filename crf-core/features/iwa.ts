import { CrfError } from '../errors.ts';
import { GrowableInt32 } from '../growable.ts';
import type { Dataset } from './dataset.ts';
import { Vocabulary } from './vocabulary.ts';

/** Splits `name[:value]`, with `\:` and `\\` as escapes. */
function parseItem(field: string, line: number): { name: string; value: number } {
  let name = '';
  for (let index = 0; index < field.length; index++) {
    const character = field[index]!;
    if (character === '\\' && (field[index + 1] === ':' || field[index + 1] === '\\')) {
      name += field[++index]!;
    } else if (character === ':') {
      const rest = field.slice(index + 1);
      const value = rest === '' ? 1 : Number(rest);
      if (rest.includes(':') || !Number.isFinite(value)) {
        throw new CrfError(
          'CRF_DATA_INVALID',
          `Line ${line}: an attribute has a malformed value. Write name:number, and escape a colon in a name as \\:`,
          { line },
        );
      }
      return { name, value };
    } else name += character;
  }
  return { name, value: 1 };
}

/**
 * Reads CRFsuite's data format: one token a line, fields separated by tabs, the first the label, the others
 * `name[:value]`; an empty line ends a sentence.
 *
 * @param vocabulary grown with the attributes' own names, or frozen (unknown attributes are then left out)
 * @param labels labels to begin with, in order; new ones are added as they are met
 * @throws CrfError CRF_DATA_INVALID with the line number
 */
export function readCrfsuiteData(
  text: string,
  vocabulary: Vocabulary = new Vocabulary(),
  labels: readonly string[] = [],
): Dataset {
  const labelList = [...labels];
  const labelIds = new Map(labelList.map((label, index) => [label, index]));
  const sentenceStarts = new GrowableInt32();
  const tokenStarts = new GrowableInt32();
  const tokenBundles = new GrowableInt32(1 << 16);
  const gold = new GrowableInt32();
  const bundleAttributes = new GrowableInt32();
  const values: number[] = [];
  const bundleIds = new Map<string, number>();
  sentenceStarts.push(0);
  tokenStarts.push(0);
  let anyValue = false;
  const close = (): void => {
    if (tokenStarts.length - 1 > sentenceStarts.data[sentenceStarts.length - 1]!) {
      sentenceStarts.push(tokenStarts.length - 1);
    }
  };
  let line = 0;
  for (let from = 0; from < text.length;) {
    line++;
    let to = text.indexOf('\n', from);
    if (to < 0) to = text.length;
    const row = text.charCodeAt(to - 1) === 13 ? text.slice(from, to - 1) : text.slice(from, to);
    from = to + 1;
    if (row === '') {
      close();
      continue;
    }
    const [label = '', ...fields] = row.split('\t');
    if (label === '' || label.startsWith('@')) {
      throw new CrfError(
        'CRF_DATA_INVALID',
        `Line ${line}: the first field must be a label and may not begin with @. Instance weights are not supported.`,
        { line },
      );
    }
    let labelId = labelIds.get(label);
    if (labelId === undefined) {
      labelId = labelList.push(label) - 1;
      labelIds.set(label, labelId);
    }
    gold.push(labelId);
    for (const field of fields) {
      if (field === '') continue;
      let bundle = bundleIds.get(field);
      if (bundle === undefined) {
        const { name, value } = parseItem(field, line);
        const attribute = vocabulary.raw(name);
        bundle = attribute < 0 ? -1 : bundleAttributes.length;
        bundleIds.set(field, bundle);
        if (attribute >= 0) {
          bundleAttributes.push(attribute);
          values.push(value);
          if (value !== 1) anyValue = true;
        }
      }
      if (bundle >= 0) tokenBundles.push(bundle);
    }
    tokenStarts.push(tokenBundles.length);
  }
  close();
  return {
    vocabulary,
    labels: labelList,
    sentenceStarts: sentenceStarts.toArray(),
    tokenStarts: tokenStarts.toArray(),
    tokenBundles: tokenBundles.toArray(),
    bundleStarts: Int32Array.from({ length: bundleAttributes.length + 1 }, (_, index) => index),
    bundleAttributes: bundleAttributes.toArray(),
    bundleValues: anyValue ? Float64Array.from(values) : null,
    gold: gold.toArray(),
  };
}
