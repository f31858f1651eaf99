import { useQuery } from '../engine-client/use-query.ts';

export interface LabelLook {
  readonly ink: string;
  readonly fill: string;
  readonly line: string;
}

const themed: Readonly<Record<string, number>> = {
  '#0072b2': 1,
  '#d55e00': 2,
  '#009e73': 3,
  '#cc79a7': 4,
  '#e69f00': 5,
  '#56b4e9': 6,
  '#f0e442': 7,
};

const unknown: LabelLook = { ink: 'var(--label-8)', fill: 'var(--label-8-fill)', line: 'dotted' };

/** How each label of the workspace looks; a label that a model knows and the schema no longer has looks neutral. */
export function useLabelLooks(): (label: string) => LabelLook {
  const { data } = useQuery('annotation.schema', {}, { refreshOn: ['schema.changed'] });
  return (name) => {
    const label = data?.labels.find((each) => each.name === name);
    if (label === undefined) return unknown;
    const shade = themed[label.colour.toLowerCase()];
    return {
      ink: shade === undefined ? label.colour : `var(--label-${String(shade)})`,
      fill:
        shade === undefined
          ? `color-mix(in srgb, ${label.colour} 18%, transparent)`
          : `var(--label-${String(shade)}-fill)`,
      line: label.pattern,
    };
  };
}
