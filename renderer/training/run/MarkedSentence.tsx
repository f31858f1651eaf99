import type { ReactNode } from 'react';
import type { ScoredSpan, SentenceErrors } from '../../../workers/api/training-evaluation.ts';
import { useLabelLooks } from '../label-look.ts';

interface MarkedSentenceProps {
  readonly title: string;
  readonly sentence: SentenceErrors;
  readonly spans: readonly ScoredSpan[];
  /** The other reading: what it does not have in the same way is framed. */
  readonly other: readonly ScoredSpan[];
}

/** One reading of a sentence. Labels are told by colour, underline and name; disagreement by a frame. */
export function MarkedSentence({ title, sentence, spans, other }: MarkedSentenceProps) {
  const lookOf = useLabelLooks();
  const { text, start } = sentence;
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const from = Math.max(at, span.start - start);
    const to = Math.min(text.length, span.end - start);
    if (to <= from) continue;
    const look = lookOf(span.label);
    const agreed = other.some(
      (each) => each.start === span.start && each.end === span.end && each.label === span.label,
    );
    pieces.push(
      text.slice(at, from),
      <mark
        key={`${String(span.start)}-${span.label}`}
        className={agreed ? 'reading-span' : 'reading-span reading-span-wrong'}
        style={{
          background: look.fill,
          textDecorationColor: look.ink,
          textDecorationStyle: lineStyle(look.line),
        }}
      >
        {text.slice(from, to)}
        <span className="reading-label">{span.label}</span>
      </mark>,
    );
    at = to;
  }
  pieces.push(text.slice(at));
  return (
    <div className="reading">
      <span className="reading-title">{title}</span>
      <p>{pieces}</p>
    </div>
  );
}

function lineStyle(pattern: string): 'solid' | 'dashed' | 'dotted' | 'double' | 'wavy' {
  return pattern === 'dashed' || pattern === 'dotted' || pattern === 'double' || pattern === 'wavy'
    ? pattern
    : 'solid';
}
