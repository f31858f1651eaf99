/** The commonest annotated surface forms of each label in a training part. */
export interface SurfaceForms {
  /** By label, most frequent first. */
  readonly byLabel: Readonly<Record<string, readonly string[]>>;
  /** The label that `{disease}` or `{treatment}` stands for; any other name is a label's own. */
  labelOfRole(place: string): string;
}

export interface FilledText {
  readonly text: string;
  readonly places: readonly { readonly label: string; readonly start: number; readonly end: number }[];
}

/** How many texts one template gives. */
const variants = 20;

/**
 * The texts that a template stands for, or null where a place has no surface form to fill it. Forms are taken in
 * turn and not crossed: twenty forms give twenty texts.
 */
export function fillTemplate(template: string, forms: SurfaceForms): FilledText[] | null {
  const pieces = template.split(/(\{[^{}]+\})/);
  const places = pieces.filter((piece) => piece.startsWith('{'));
  if (places.length === 0) return [{ text: template, places: [] }];
  const choices = places.map((place) => forms.byLabel[forms.labelOfRole(place)] ?? []);
  const count = Math.min(variants, Math.max(...choices.map((list) => list.length)));
  if (choices.some((list) => list.length === 0)) return null;
  return Array.from({ length: count }, (_, variant) => {
    let text = '';
    let place = 0;
    const marked: { label: string; start: number; end: number }[] = [];
    for (const piece of pieces) {
      if (!piece.startsWith('{')) {
        text += piece;
        continue;
      }
      const list = choices[place++] ?? [];
      const form = list[variant % list.length] ?? '';
      marked.push({ label: forms.labelOfRole(piece), start: text.length, end: text.length + form.length });
      text += form;
    }
    return { text, places: marked };
  });
}

/** Collects surface forms; what was drawn once may be a slip, so rarer forms come last. */
export class SurfaceFormCounter {
  readonly #counts = new Map<string, Map<string, number>>();

  add(label: string, form: string): void {
    // A form with a line break or of great length does not fit into a sentence of ours.
    if (form.length > 60 || /[\r\n]/.test(form)) return;
    const counts = this.#counts.get(label) ?? new Map<string, number>();
    this.#counts.set(label, counts);
    counts.set(form, (counts.get(form) ?? 0) + 1);
  }

  /** `roles` names the label of each role, `disease` and `treatment`. */
  forms(roles: Readonly<Record<string, string>>): SurfaceForms {
    const byLabel = Object.fromEntries(
      [...this.#counts].map(([label, counts]) => [
        label,
        [...counts]
          .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
          .slice(0, variants)
          .map(([form]) => form),
      ]),
    );
    return {
      byLabel,
      labelOfRole(place) {
        const name = place.replace(/^\{|\}$/g, '');
        return roles[name] ?? name;
      },
    };
  }
}
