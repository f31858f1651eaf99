import type { GateEvidence, GateFact, GateSettings } from '../../api/registry.ts';
import type { BehaviourExample } from './behaviour-example.ts';
import { fact, judge } from './outcome.ts';
import type { GateOutcome } from './outcome.ts';
import { perturb } from './perturb.ts';
import type { TagText } from './tag-text.ts';
import { fillTemplate } from './template-text.ts';
import type { SurfaceForms } from './template-text.ts';

type Failure = GateEvidence['examples'][number];
interface Place {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Runs the behavioural suite: each example on its filled texts, each with a failure rate of its own, and a cap over
 * all cases of all examples.
 */
export function behaviour(
  examples: readonly BehaviourExample[],
  tag: TagText,
  forms: SurfaceForms,
  settings: GateSettings,
): GateOutcome {
  const facts: GateFact[] = [];
  const failures: Failure[] = [];
  const skipped: string[] = [];
  let cases = 0;
  let failed = 0;
  for (const example of examples) {
    const texts = fillTemplate(templateOf(example), forms);
    if (texts === null) {
      skipped.push(example.name);
      continue;
    }
    const wrong = texts.flatMap((filled) => runCase(example, filled.text, filled.places, tag, forms) ?? []);
    cases += texts.length;
    failed += wrong.length;
    failures.push(...wrong);
    const rate = wrong.length / texts.length;
    facts.push(
      fact(example.name, rate, rate <= example.definition.maxFailureRate, {
        unit: 'failure rate',
        limit: `≤ ${example.definition.maxFailureRate.toFixed(2)}`,
        n: texts.length,
      }),
    );
  }
  const cap = Number(settings['maxFailureRate']);
  const rate = cases === 0 ? 1 : failed / cases;
  facts.unshift(
    fact('All cases', rate, rate <= cap, { unit: 'failure rate', limit: `≤ ${cap.toFixed(2)}`, n: cases }),
  );
  return judge(facts, `${String(cases - failed)} of ${String(cases)} cases come out as they must.`, {
    examples: failures.slice(0, 100),
    remarks: skipped.map((name) => `“${name}” was left out: the training part has no spans to fill it with.`),
  });
}

/** Stands between a text and what is added to it, so that one filling serves both. */
const seam = '\u0000';

function templateOf({ definition }: BehaviourExample): string {
  return 'added' in definition ? `${definition.text}${seam}${definition.added}` : definition.text;
}

/** What went wrong in one case, or null. */
function runCase(
  example: BehaviourExample,
  text: string,
  places: readonly Place[],
  tag: TagText,
  forms: SurfaceForms,
): Failure | null {
  const { definition } = example;
  const failure = (on: string, expected: string, got: string): Failure => ({
    capability: example.capability,
    name: example.name,
    text: on,
    expected,
    got,
  });
  if ('change' in definition) {
    const changed = perturb(text, definition.change);
    const before = tag(text);
    const after = tag(changed.text).map((span) => ({
      label: span.label,
      start: changed.origin[span.start] ?? -1,
      end: (changed.origin[span.end - 1] ?? -2) + 1,
    }));
    return same(before, after) ? null : failure(changed.text, show(text, before), show(text, after));
  }
  if ('added' in definition) {
    const label = forms.labelOfRole(definition.label);
    const longer = text.replace(seam, ' ');
    const count = (on: string): number => tag(on).filter((span) => span.label === label).length;
    const [before, after] = [count(text.slice(0, text.indexOf(seam))), count(longer)];
    return after > before ? null : failure(longer, `more than ${String(before)} of ${label}`, String(after));
  }
  const found = tag(text);
  return same(places, found) ? null : failure(text, show(text, places), show(text, found));
}

function same(left: readonly Place[], right: readonly Place[]): boolean {
  const key = (span: Place): string => `${String(span.start)}:${String(span.end)}:${span.label}`;
  const wanted = new Set(left.map(key));
  return left.length === right.length && right.every((span) => wanted.has(key(span)));
}

function show(text: string, spans: readonly Place[]): string {
  if (spans.length === 0) return 'nothing';
  return spans.map((span) => `${span.label}: “${text.slice(span.start, span.end)}”`).join('; ');
}
