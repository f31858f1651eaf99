/**
 * The made-up notes that every bundle carries for its self-test: everyday sentences, and the places where offsets
 * and line breaks go wrong. None is about a real person.
 */
export const goldenTexts: readonly (readonly [name: string, text: string])[] = [
  ['empty', ''],
  ['white space', ' \t\r\n \u00a0\n'],
  ['one sentence', 'The patient was treated with aspirin for acute myocardial infarction.'],
  [
    'two sentences',
    'Known hypertension and type 2 diabetes mellitus. Metformin 500 mg b.i.d. was continued.',
  ],
  ['negation', 'No evidence of pneumonia or pulmonary embolism; heparin was not started.'],
  ['abbreviations', 'Pt c/o SOB, hx of COPD, CHF. Rx: furosemide 40 mg i.v., O2 2 l/min.'],
  [
    'headings',
    'Diagnosis:\n- asthma\n- atrial fibrillation\n\nPlan:\n1. inhaled steroids\n2. warfarin, INR 2.5\n',
  ],
  [
    'CRLF',
    'Diagnosis: breast cancer.\r\nTreatment: tamoxifen 20 mg daily.\r\n\r\nNext visit in 3 months.\r\n',
  ],
  ['emoji', 'Feels better 🙂 after chemotherapy for lymphoma 👩🏽‍⚕️, less nausea.'],
  ['combining marks', 'Me\u0301nie\u0300re\u2019s disease treated with betahistine; naïve to steroids.'],
  ['other scripts', 'Диагноз: гипертония. 診断:高血圧。 Θεραπεία: ramipril 5 mg.'],
  ['capitals', 'SEVERE SEPSIS. STARTED ON VANCOMYCIN AND CEFTRIAXONE.'],
  ['numbers', 'Hb 10,5 g/dl; K+ 3.1 mmol/l; 120/80 mmHg; 37.2 °C; T4N2M0; 5mg×3.'],
  ['punctuation only', '... --- !!! (()) ;;'],
  ['long line', 'chronic renal failure on dialysis, '.repeat(60)],
  ['lone surrogate', 'broken \ud83d text with pneumonia'],
];
