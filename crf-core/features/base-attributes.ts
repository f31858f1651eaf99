import { CrfError } from '../errors.ts';
import { collapseRuns, shapeOf } from './shape.ts';
import { characterClass, classOfCodePoint } from '../text/unicode.ts';

/**
 * What can be asked of one token by itself. `values` gives the attribute's text(s) as they stand in an attribute
 * name (`p2=as`); none when the token has no such attribute. What stands before `=` is cut off where values are
 * joined.
 */
export interface BaseAttribute {
  readonly spec: string;
  readonly many: boolean;
  values(token: string, folded: string): readonly string[];
}

const some = (condition: boolean, name: string): readonly string[] => (condition ? [name] : []);
const hasClass = (token: string, wanted: number): boolean => {
  for (const character of token) if (classOfCodePoint(character.codePointAt(0)!) === wanted) return true;
  return false;
};
const firstClass = (token: string): number => classOfCodePoint(token.codePointAt(0) ?? 0);

/** All upper-case: at least one upper-case letter and no lower-case one. */
const isAllUpper = (token: string): boolean =>
  hasClass(token, characterClass.upper) && !hasClass(token, characterClass.lower);

const romanNumeral = /^(?:i{1,3}|iv|vi{0,3}|ix|xi{0,3}|xiv|xv)$/;
const greek =
  /^(?:alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|omicron|pi|rho|sigma|tau|upsilon|phi|chi|psi|omega|[\u03b1-\u03c9])$/;

type Maker = (numbers: readonly number[]) => Omit<BaseAttribute, 'spec'>;
const one = (values: (token: string, folded: string) => readonly string[]): Maker => {
  return () => ({ many: false, values });
};

const makers: Readonly<Record<string, { readonly arguments: number; readonly make: Maker }>> = {
  word: { arguments: 0, make: one((token) => [`W=${token}`]) },
  lower: { arguments: 0, make: one((_, folded) => [`w=${folded}`]) },
  'lower-digits': {
    arguments: 0,
    make: one((_, folded) => [`wd=${folded.replace(/[0-9]/g, '0')}`]),
  },
  shape: {
    arguments: 1,
    make: ([length = 20]) => ({
      many: false,
      values: (token) => [`sh=${shapeOf(token, length)}`],
    }),
  },
  'shape-brief': {
    arguments: 0,
    make: one((token) => [`ss=${collapseRuns(shapeOf(token, Infinity))}`]),
  },
  prefix: {
    arguments: 1,
    make: ([length = 3]) => ({
      many: false,
      values: (_, folded) => (folded.length > length ? [`p${length}=${folded.slice(0, length)}`] : []),
    }),
  },
  suffix: {
    arguments: 1,
    make: ([length = 3]) => ({
      many: false,
      values: (_, folded) => (folded.length > length ? [`s${length}=${folded.slice(-length)}`] : []),
    }),
  },
  grams: {
    arguments: 2,
    make: ([from = 2, to = 4]) => ({
      many: true,
      values: (_, folded) => {
        const padded = `<${folded}>`;
        const found = new Set<string>();
        for (let size = from; size <= to; size++) {
          for (let start = 0; start + size <= padded.length; start++) {
            found.add(`g=${padded.slice(start, start + size)}`);
          }
        }
        return [...found];
      },
    }),
  },
  length: {
    arguments: 0,
    make: one((token) => [`len=${token.length < 8 ? token.length : token.length < 13 ? '8-12' : '13+'}`]),
  },
  'has-digit': { arguments: 0, make: one((token) => some(hasClass(token, characterClass.digit), 'dig')) },
  'has-hyphen': { arguments: 0, make: one((token) => some(token.includes('-'), 'hyp')) },
  'all-upper': { arguments: 0, make: one((token) => some(isAllUpper(token), 'up')) },
  capital: {
    arguments: 0,
    make: one((token) => some(firstClass(token) === characterClass.upper, 'cap')),
  },
  'mixed-case': {
    arguments: 0,
    make: one((token) =>
      some(hasClass(token.slice(1), characterClass.upper) && hasClass(token, characterClass.lower), 'mix'),
    ),
  },
  roman: { arguments: 0, make: one((_, folded) => some(romanNumeral.test(folded), 'rom')) },
  greek: { arguments: 0, make: one((_, folded) => some(greek.test(folded), 'grk')) },
  always: { arguments: 0, make: one(() => ['bias']) },
};

/** Name of the attribute that tells where a sentence begins or ends: `[−1]BOS` where there is no token. */
export const boundaryAttribute = 'boundary';

/** Every base attribute a template may name, with how many numbers it takes after colons. */
export const baseAttributeNames: readonly string[] = [...Object.keys(makers), boundaryAttribute];

/**
 * Reads `name`, `name:3` or `name:2:4`.
 * @throws CrfError CRF_TEMPLATE_INVALID naming what is unknown and what is known
 */
export function parseBaseAttribute(spec: string): BaseAttribute {
  if (spec === boundaryAttribute) return { spec, many: true, values: () => [] };
  const [name = '', ...rest] = spec.split(':');
  const maker = Object.hasOwn(makers, name) ? makers[name] : undefined;
  if (maker === undefined) {
    throw new CrfError(
      'CRF_TEMPLATE_INVALID',
      `there is no base attribute "${name}"; known are ${baseAttributeNames.join(', ')}`,
    );
  }
  const numbers = rest.map(Number);
  const fits = numbers.every((number) => Number.isInteger(number) && number >= 1 && number <= 64);
  if (rest.length > maker.arguments || !fits) {
    throw new CrfError(
      'CRF_TEMPLATE_INVALID',
      `"${spec}" is malformed: "${name}" takes at most ${maker.arguments} whole numbers from 1 to 64 after colons`,
    );
  }
  return { spec, ...maker.make(numbers) };
}
