import type { Link, Schema } from '../../../workers/api/annotation.ts';
import type { Box } from './box.ts';

const svg = 'http://www.w3.org/2000/svg';
/** Height above a line of text at which a link runs, in the gap between two lines. */
const rail = 4;

interface DrawnLink {
  readonly link: Link;
  readonly from: Box;
  readonly to: Box;
}

function shape(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** The way of a link: along the gap above the lower end, so that it strikes through as little text as can be. */
export function linkPath(from: Box, to: Box): { readonly path: string; readonly pointsUp: boolean } {
  const x1 = Math.round(from.left + from.width / 2);
  const x2 = Math.round(to.left + to.width / 2);
  if (Math.abs(from.top - to.top) < 4) {
    const y = from.top - rail;
    return { path: `M ${x1} ${from.top} V ${y} H ${x2} V ${to.top - 1}`, pointsUp: false };
  }
  if (from.top < to.top) {
    const y = to.top - rail;
    return { path: `M ${x1} ${from.top + from.height + 2} V ${y} H ${x2} V ${to.top - 1}`, pointsUp: false };
  }
  const y = from.top - rail;
  return { path: `M ${x1} ${from.top} V ${y} H ${x2} V ${to.top + to.height + 3}`, pointsUp: true };
}

/** Draws the links of one span, with an arrow head at the end that a link points to and its name there. */
export function drawLinks(root: SVGElement, links: readonly DrawnLink[], schema: Schema): void {
  root.replaceChildren(
    ...links.flatMap(({ link, from, to }) => {
      const { path, pointsUp } = linkPath(from, to);
      const x = Math.round(to.left + to.width / 2);
      const tip = pointsUp ? to.top + to.height + 1 : to.top + 1;
      const back = pointsUp ? tip + 6 : tip - 6;
      const text = shape('text', {
        class: 'note-link-name',
        x: to.left + to.width + 5,
        y: to.top - rail + 3,
      });
      text.textContent = schema.linkTypes.find((type) => type.id === link.typeId)?.name ?? '';
      return [
        shape('path', { class: 'note-link', d: path }),
        shape('path', {
          class: 'note-link-head',
          d: `M ${x - 4} ${back} L ${x} ${tip} L ${x + 4} ${back} Z`,
        }),
        text,
      ];
    }),
  );
}
