import type { Link, Schema } from '../../../workers/api/annotation.ts';
import type { Box } from './overlay.ts';

const svg = 'http://www.w3.org/2000/svg';

function shape(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** Draws the links of one span as arcs from the upper edge of one end to that of the other, with their names. */
export function drawLinks(
  root: SVGElement,
  links: readonly { readonly link: Link; readonly from: Box; readonly to: Box }[],
  schema: Schema,
): void {
  root.replaceChildren(
    ...links.flatMap(({ link, from, to }) => {
      const x1 = from.left + from.width / 2;
      const y1 = from.top;
      const x2 = to.left + to.width / 2;
      const y2 = to.top;
      const lift = Math.min(60, 18 + Math.abs(x2 - x1) / 8);
      const top = Math.min(y1, y2) - lift;
      const name = schema.linkTypes.find((type) => type.id === link.typeId)?.name ?? '';
      const text = shape('text', { class: 'note-link-name', x: (x1 + x2) / 2, y: (y1 + y2 + 6 * top) / 8 });
      text.textContent = name;
      return [
        shape('path', {
          class: 'note-link',
          d: `M ${x1} ${y1} C ${x1} ${top}, ${x2} ${top}, ${x2} ${y2 - 5}`,
        }),
        shape('path', {
          class: 'note-link-head',
          d: `M ${x2 - 4} ${y2 - 7} L ${x2} ${y2} L ${x2 + 4} ${y2 - 7} Z`,
        }),
        text,
      ];
    }),
  );
}
