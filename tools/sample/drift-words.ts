import type { Name } from './names.ts';
import type { Random } from './random.ts';

/** Names that nobody used before week 3: an outbreak, and what is tried against it. */
const outbreak = [
  'marrow fever',
  'MF',
  'MF variant B',
  'MF-B',
  'harbour cough',
  'post-MF fatigue',
  'tick lassitude',
  'red-sleeve rash',
  'heat collapse',
  'long harbour',
  'fog state',
  'MF lungs',
  'silent desat',
  'cough syncope',
  'tide legs',
  'MF toes',
] as const;

const remedies = [
  'BX-417',
  'BX417',
  'VLT-2',
  'monoclonal VLT-2',
  'proning',
  'awake proning',
  'hi-flow',
  'HFNC',
  'plasma kit',
  'q12 kit',
  'teleconv',
  'BX-417 wafer',
  'cool wrap',
  'salt sip',
  'inh VLT',
  'bundle C',
] as const;

function bare(text: string): Name {
  return { text, before: '', after: '', short: null };
}

export const outbreakName = (random: Random): Name => bare(random.pickEarly(outbreak));
export const remedyName = (random: Random): Name => bare(random.pickEarly(remedies));
