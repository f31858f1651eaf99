import {
  createTrainer,
  defaultTemplates,
  encodeModel,
  extract,
  tokenize,
  tokenTexts,
  Vocabulary,
  WordSet,
  wordsOf,
} from '../../crf-core/index.ts';

const diseases = [
  'asthma',
  'acute myocardial infarction',
  'pneumonia',
  'type 2 diabetes',
  'hypertension',
  'sepsis',
];
const treatments = ['aspirin', 'salbutamol', 'inhaled steroids', 'metformin', 'heparin', 'vancomycin'];
const frames = [
  'The patient was treated with {T} for {D} .',
  'History of {D} , now on {T} .',
  'Known {D} . Started {T} today .',
  'No evidence of {D} .',
  'Continue {T} and return in three weeks .',
];

/** For tests: a small model that was really trained, in the native format, and the words that it was shown. */
export function trainSmallModel(): { readonly model: Uint8Array; readonly vocabulary: Uint8Array } {
  const sentences = frames.flatMap((frame) =>
    diseases.flatMap((disease) => treatments.map((treatment) => sentence(frame, disease, treatment))),
  );
  const trainer = createTrainer(
    extract(
      sentences.map(({ tokens, tags }) => ({ tokens, tags })),
      defaultTemplates,
      new Vocabulary(),
    ),
    { scheme: 'IOB2', templateSet: defaultTemplates, maximumIterations: 25 },
  );
  while (!trainer.step().done);
  const words = sentences.flatMap(({ text }) => [...wordsOf(text, tokenize(text))]);
  return { model: encodeModel(trainer.model()), vocabulary: WordSet.of(words).encode() };
}

function sentence(frame: string, disease: string, treatment: string) {
  const text = frame.replace('{D}', disease).replace('{T}', treatment);
  const tokens = tokenize(text);
  const places = [
    { at: text.indexOf(disease), length: disease.length, label: 'Disease' },
    { at: text.indexOf(treatment), length: treatment.length, label: 'Treatment' },
  ].filter((place) => place.at >= 0);
  const tags = Array.from(tokens.starts, (start) => {
    const place = places.find((each) => start >= each.at && start < each.at + each.length);
    if (place === undefined) return 'O';
    return `${start === place.at ? 'B' : 'I'}-${place.label}`;
  });
  return { text, tokens: tokenTexts(text, tokens), tags };
}
