import type { LinkType, Schema } from '../../workers/api/annotation.ts';

/** The link types that may run from a span of one label to a span of another. */
export function legalTypesBetween(
  schema: Schema,
  fromLabelId: number,
  toLabelId: number,
): readonly LinkType[] {
  return schema.linkTypes.filter((type) => type.fromLabelId === fromLabelId && type.toLabelId === toLabelId);
}
