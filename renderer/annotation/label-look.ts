import type { Label } from '../../workers/api/annotation.ts';

/** Stored colours that the theme knows in a light and a dark shade. */
const themed: Readonly<Record<string, number>> = {
  '#0072b2': 1,
  '#d55e00': 2,
  '#009e73': 3,
  '#cc79a7': 4,
  '#e69f00': 5,
  '#56b4e9': 6,
  '#f0e442': 7,
};

/** The colour of a label's lines as a CSS value that follows the theme. */
export function labelInk(label: Pick<Label, 'colour'>): string {
  const shade = themed[label.colour.toLowerCase()];
  return shade === undefined ? label.colour : `var(--label-${shade})`;
}

/** The colour behind a label's text. */
export function labelFill(label: Pick<Label, 'colour'>): string {
  const shade = themed[label.colour.toLowerCase()];
  return shade === undefined
    ? `color-mix(in srgb, ${label.colour} 18%, transparent)`
    : `var(--label-${shade}-fill)`;
}
