/** A change that must not matter, applied to a text. */
export type Perturbation =
  | 'crlf'
  | 'trailing-space'
  | 'double-space'
  | 'blank-lines'
  | 'lower-case'
  | 'upper-case'
  | 'emoji-before'
  | 'repeat-sentence';

/**
 * A behavioural example as data. `text` may hold `{Label}` places; each is filled with surface forms that the
 * training part itself annotated with that label, so that the model is asked for what it was shown.
 */
export type BehaviourDefinition =
  /** The marked places, and nothing else, are found with their labels. */
  | { readonly text: string; readonly maxFailureRate: number }
  /** The same places are found as without the change. */
  | { readonly text: string; readonly change: Perturbation; readonly maxFailureRate: number }
  /** Writing `added` behind the text brings at least one more span of `label`. */
  | {
      readonly text: string;
      readonly added: string;
      readonly label: string;
      readonly maxFailureRate: number;
    };

export interface BehaviourExample {
  readonly name: string;
  readonly capability: string;
  readonly kind: 'minimum' | 'invariance' | 'direction';
  readonly definition: BehaviourDefinition;
}

/** The suite that a new workspace starts with. `{disease}` and `{treatment}` stand for the labels of that role. */
export const defaultExamples: readonly BehaviourExample[] = [
  {
    name: 'An empty text has no spans',
    capability: 'robustness',
    kind: 'minimum',
    definition: { text: '', maxFailureRate: 0 },
  },
  {
    name: 'White space alone has no spans',
    capability: 'robustness',
    kind: 'minimum',
    definition: { text: ' \r\n\t \n', maxFailureRate: 0 },
  },
  {
    name: 'Emoji alone have no spans',
    capability: 'robustness',
    kind: 'minimum',
    definition: { text: '🙂 👩🏽‍⚕️ ❤️', maxFailureRate: 0 },
  },
  {
    name: 'A known treatment for a known disease is found',
    capability: 'vocabulary',
    kind: 'minimum',
    definition: { text: 'The patient received {treatment} for {disease} .', maxFailureRate: 0.5 },
  },
  {
    name: 'A known disease is found in a short statement',
    capability: 'vocabulary',
    kind: 'minimum',
    definition: { text: 'History of {disease} .', maxFailureRate: 0.5 },
  },
  {
    name: 'Line breaks of Windows change nothing',
    capability: 'robustness',
    kind: 'invariance',
    definition: {
      text: 'Seen today.\nKnown {disease}.\nTreated with {treatment}.',
      change: 'crlf',
      maxFailureRate: 0,
    },
  },
  {
    name: 'Doubled spaces change nothing',
    capability: 'robustness',
    kind: 'invariance',
    definition: {
      text: 'Patient with {disease} was given {treatment}.',
      change: 'double-space',
      maxFailureRate: 0,
    },
  },
  {
    name: 'Trailing white space changes nothing',
    capability: 'robustness',
    kind: 'invariance',
    definition: {
      text: 'Patient with {disease} was given {treatment}.',
      change: 'trailing-space',
      maxFailureRate: 0,
    },
  },
  {
    name: 'Blank lines around the text change nothing',
    capability: 'robustness',
    kind: 'invariance',
    definition: {
      text: 'Patient with {disease} was given {treatment}.',
      change: 'blank-lines',
      maxFailureRate: 0,
    },
  },
  {
    name: 'An emoji line before the text keeps offsets right',
    capability: 'robustness',
    kind: 'invariance',
    definition: {
      text: 'Patient with {disease} was given {treatment}.',
      change: 'emoji-before',
      maxFailureRate: 0.1,
    },
  },
  {
    name: 'Lower case changes little',
    capability: 'case',
    kind: 'invariance',
    definition: {
      text: 'Patient with {disease} was given {treatment}.',
      change: 'lower-case',
      maxFailureRate: 0.5,
    },
  },
  {
    name: 'A statement added brings its disease',
    capability: 'direction',
    kind: 'direction',
    definition: {
      text: 'Seen today.',
      added: 'Diagnosis: {disease}.',
      label: '{disease}',
      maxFailureRate: 0.5,
    },
  },
];
