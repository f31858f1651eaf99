/**
 * Writes `unicode-tables.ts` from the Unicode data of the Node that runs it:
 *
 *     node crf-core/text/generate-unicode-tables.ts > crf-core/text/unicode-tables.ts
 *
 * The output is checked in and never made again by a build. A model's attributes are made of these classes
 * and foldings, so they must stay the same on a runtime with a newer Unicode.
 */

const limit = 0x110000;
const classes: readonly (readonly [RegExp, number])[] = [
  [/^[\p{Lu}\p{Lt}]$/u, 1],
  [/^\p{Ll}$/u, 2],
  [/^[\p{Lo}\p{Lm}]$/u, 3],
  [/^\p{Nd}$/u, 4],
  [/^\p{White_Space}$/u, 5],
  [/^[\p{M}\u200d]$/u, 6],
];

function classOf(codePoint: number): number {
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return 0;
  const character = String.fromCodePoint(codePoint);
  for (const [pattern, value] of classes) if (pattern.test(character)) return value;
  return 0;
}

function lowerOf(codePoint: number): number {
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return codePoint;
  if (codePoint === 0x130) return 0x69;
  const lower = [...String.fromCodePoint(codePoint).toLowerCase()];
  return lower.length === 1 ? lower[0]!.codePointAt(0)! : codePoint;
}

const classRuns: string[] = [];
let runStart = 0;
for (let codePoint = 1; codePoint <= limit; codePoint++) {
  const before = classOf(codePoint - 1);
  if (codePoint < limit && classOf(codePoint) === before) continue;
  classRuns.push((codePoint - runStart).toString(36) + '.' + before);
  runStart = codePoint;
}

const lowerRuns: string[] = [];
let previousStart = 0;
for (let codePoint = 0; codePoint < limit;) {
  const delta = lowerOf(codePoint) - codePoint;
  if (delta === 0) {
    codePoint++;
    continue;
  }
  const follows = (at: number): boolean => at < limit && lowerOf(at) - at === delta;
  const step = follows(codePoint + 1) ? 1 : 2;
  let count = 1;
  while (follows(codePoint + count * step)) count++;
  lowerRuns.push([codePoint - previousStart, count, step, delta].map((n) => n.toString(36)).join('.'));
  previousStart = codePoint;
  codePoint += step === 1 ? count : 1;
  if (step === 2) codePoint += (count - 1) * 2;
}

function lines(name: string, note: string, text: string): string {
  const pieces = text.match(/.{1,96}/g) ?? [];
  return `/** ${note} */\nexport const ${name} =\n${pieces.map((piece) => `  '${piece}'`).join(' +\n')};\n`;
}

console.log(
  `// Made by generate-unicode-tables.ts from Unicode ${process.versions['unicode']}. Frozen: do not make again.\n\n` +
    lines('classRuns', 'Runs `length.class` in base 36, from code point 0 upwards.', classRuns.join(' ')) +
    '\n' +
    lines(
      'lowerRuns',
      'Runs `distance.count.step.delta` in base 36: what the lower-case forms are.',
      lowerRuns.join(' '),
    ).trimEnd(),
);
