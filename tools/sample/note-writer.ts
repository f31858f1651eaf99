import type { Name } from './names.ts';
import type { Random } from './random.ts';

export interface SampleSpan {
  readonly start: number;
  readonly end: number;
  readonly label: 'Disease' | 'Treatment';
  readonly quote: string;
}

export interface SampleLink {
  readonly from: number;
  readonly to: number;
  readonly type: 'treats';
}

/** Text with its spans as it grows. */
export interface NoteWriter {
  write(text: string): void;
  /** Writes a name with what stands around it; the annotator's hand decides about the ends. Returns the span's index. */
  mention(name: Name, label: SampleSpan['label'], options?: MentionOptions): number | null;
  link(treatment: number | null, disease: number | null): void;
  readonly length: number;
  finish(): { text: string; spans: SampleSpan[]; links: SampleLink[] };
}

export interface MentionOptions {
  /** Changes the letters, never their number: upper or lower case. */
  readonly style?: (text: string) => string;
  readonly short?: boolean;
}

/** How human the annotator is: how often an end is set differently, and how often a mention is passed over. */
const looseEnds = 0.4;
const overlooked = 0.06;

export function createNoteWriter(random: Random): NoteWriter {
  let text = '';
  const spans: SampleSpan[] = [];
  const links: SampleLink[] = [];

  return {
    write(more) {
      text += more;
    },
    get length() {
      return text.length;
    },
    mention(name, label, options = {}) {
      const style = options.style ?? ((plain) => plain);
      const core = options.short === true && name.short !== null ? name.short : style(name.text);
      const before = name.before === '' || options.short === true ? '' : `${style(name.before)} `;
      const after = name.after === '' || options.short === true ? '' : ` ${style(name.after)}`;
      const article = /^(a|an) /i.exec(core)?.[0].length ?? 0;
      let start = text.length + before.length + article;
      let end = text.length + before.length + core.length;
      if (before !== '' && random.chance(looseEnds)) start = text.length;
      if (after !== '' && !random.chance(looseEnds)) end += after.length;
      text += before + core + after;
      if (random.chance(overlooked)) return null;
      spans.push({ start, end, label, quote: text.slice(start, end) });
      return spans.length - 1;
    },
    link(treatment, disease) {
      if (treatment !== null && disease !== null)
        links.push({ from: treatment, to: disease, type: 'treats' });
    },
    finish: () => ({ text, spans, links }),
  };
}
