import type { Label, Span, SpanOrigin } from '../../../workers/api/annotation.ts';
import { labelFill, labelInk } from '../label-look.ts';

const origins: readonly SpanOrigin[] = ['person', 'import', 'model'];

/** One highlight for each label and whoever said it. */
export function highlightName(span: Pick<Span, 'labelId' | 'origin'>, inner = false): string {
  return `span-${span.labelId}-${span.origin}${inner ? '-inner' : ''}`;
}

/**
 * Rules for the highlights. A label is told by the pattern of its underline and its place below the text, so that
 * nested spans of two labels show both lines; a person's spans have a thicker line than an import's; a model's have
 * no fill. A span inside another of its own label gets a heavy line;
 * a second layer of fill would cost contrast.
 */
export function highlightRules(labels: readonly Label[]): string {
  const rules = labels.flatMap((label, index) =>
    origins.map((origin) => {
      const fill = origin === 'model' ? 'transparent' : labelFill(label);
      const thickness = origin === 'person' ? 2 : 1;
      const rule = (
        inner: boolean,
      ): string => `::highlight(${highlightName({ labelId: label.id, origin }, inner)}) {
        background-color: ${inner ? 'transparent' : fill};
        text-decoration: underline ${label.pattern} ${labelInk(label)} ${inner ? 3 : thickness}px;
        text-underline-offset: ${3 + (index % 4) * 3}px;
      }`;
      return rule(false) + rule(true);
    }),
  );
  return rules.join('\n');
}

/** A style sheet of the document that follows the schema; returns the way to take it away. */
export function addHighlightSheet(labels: readonly Label[]): () => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(highlightRules(labels));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  };
}
