import { CrfError } from '../errors.ts';
import { parseBaseAttribute } from './base-attributes.ts';

/** One part of a conjunction: a base attribute of the token at an offset. */
export interface TemplatePart {
  readonly attribute: string;
  readonly offset: number;
}

/** Every listed base attribute of the tokens at every listed offset, one by one. */
export interface SingleTemplate {
  readonly name: string;
  readonly attributes: readonly string[];
  readonly offsets: readonly number[];
}

/** The values of several parts joined into one attribute, `name=value|value`; absent when any part is absent. */
export interface JointTemplate {
  readonly name: string;
  readonly join: readonly TemplatePart[];
}

/** A rule that makes attributes. */
export type Template = SingleTemplate | JointTemplate;

/** A versioned list of templates: data, stored with each run and each model. */
export interface TemplateSet {
  readonly format: 'medspan-templates/1';
  readonly name: string;
  readonly templates: readonly Template[];
}

/** Widest context a template may look at, in tokens to each side. */
export const maximumOffset = 8;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Checks a template set read from JSON and returns it typed.
 * @throws CrfError CRF_TEMPLATE_INVALID; the message names the template by number and name, and what to write instead
 */
export function validateTemplateSet(value: unknown): TemplateSet {
  const fail = (where: string, problem: string): never => {
    throw new CrfError('CRF_TEMPLATE_INVALID', `Template set: ${where}: ${problem}`, { where });
  };
  if (!isRecord(value)) return fail('top level', 'expected a JSON object with format, name and templates');
  if (value['format'] !== 'medspan-templates/1') fail('format', 'expected "medspan-templates/1"');
  const name = value['name'];
  if (typeof name !== 'string' || name === '') return fail('name', 'expected a name, a non-empty string');
  const list = value['templates'];
  if (!Array.isArray(list) || list.length === 0) return fail('templates', 'expected at least one template');
  const offset = (where: string, input: unknown): number => {
    if (typeof input !== 'number' || !Number.isInteger(input) || Math.abs(input) > maximumOffset) {
      return fail(where, `offset must be a whole number from -${maximumOffset} to ${maximumOffset}`);
    }
    return input === 0 ? 0 : input;
  };
  const attribute = (where: string, input: unknown, joined: boolean): string => {
    if (typeof input !== 'string') return fail(where, 'expected the name of a base attribute');
    let base;
    try {
      base = parseBaseAttribute(input);
    } catch (error) {
      return fail(where, (error as Error).message);
    }
    if (joined && base.many)
      fail(where, `"${input}" gives several values and cannot be part of a conjunction`);
    return input;
  };
  const names = new Set<string>();
  const templates = list.map((template: unknown, index): Template => {
    if (!isRecord(template)) return fail(`template ${index + 1}`, 'expected an object');
    const title = template['name'];
    const where = `template ${index + 1}${typeof title === 'string' ? ` "${title}"` : ''}`;
    if (typeof title !== 'string' || title === '') return fail(where, 'needs a name');
    if (names.has(title)) fail(where, 'has the name of an earlier template; names must differ');
    names.add(title);
    const known = 'join' in template ? ['name', 'join'] : ['name', 'attributes', 'offsets'];
    const foreign = Object.keys(template).find((key) => !known.includes(key));
    if (foreign !== undefined) fail(where, `does not know "${foreign}"; it may have ${known.join(', ')}`);
    if ('join' in template) {
      const join = template['join'];
      if (!Array.isArray(join) || join.length < 2 || join.length > 6) {
        return fail(where, 'join needs two to six parts of the form {"attribute": "lower", "offset": 0}');
      }
      const parts = join.map((part: unknown): TemplatePart => {
        if (!isRecord(part)) return fail(where, 'a part of join must be {"attribute", "offset"}');
        return {
          attribute: attribute(where, part['attribute'], true),
          offset: offset(where, part['offset']),
        };
      });
      return { name: title, join: parts };
    }
    const { attributes, offsets } = template;
    if (!Array.isArray(attributes) || attributes.length === 0) return fail(where, 'needs attributes');
    if (!Array.isArray(offsets) || offsets.length === 0) return fail(where, 'needs offsets');
    return {
      name: title,
      attributes: attributes.map((input: unknown) => attribute(where, input, false)),
      offsets: offsets.map((input: unknown) => offset(where, input)),
    };
  });
  const seen = new Set<string>();
  for (const template of templates) {
    if ('join' in template) continue;
    for (const base of template.attributes) {
      for (const distance of template.offsets) {
        const key = `[${distance}]${base}`;
        if (seen.has(key))
          fail(`template "${template.name}"`, `repeats ${key}, which an earlier entry makes`);
        seen.add(key);
      }
    }
  }
  return { format: 'medspan-templates/1', name, templates };
}
