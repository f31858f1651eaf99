import type { Label } from '../../workers/api/annotation.ts';
import type { Command } from '../ui/commands/registry.ts';
import { useCommands } from '../ui/commands/use-commands.ts';
import { collapse, jump, moveEdge, redo, removeActive, setStatus, tag, undo } from './acts.ts';
import { putCaret } from './active-span.ts';
import { chooseTarget, linkWith, startLinking, stopLinking } from './link-mode.ts';
import type { Caret } from './note/caret.ts';
import { moveBySentence, moveByToken, moveTo } from './note/caret.ts';
import { currentPage } from './note/page-view.ts';
import { tokenAt } from './note/tokens.ts';
import { lineAt } from './note/text-lines.ts';
import type { NoteText } from './store.ts';
import { store, useOpen } from './store.ts';

const group = 'Annotation';

/** The note has the keys: it is focused, or nothing is. */
function atNote(): boolean {
  const at = document.activeElement;
  const open = store.getState().note !== null;
  return open && (at === null || at === document.body || at.closest('.note-scroll') !== null);
}

/** Acts on the active span work from the list of spans too. */
function atWork(): boolean {
  return atNote() || document.activeElement?.closest('.span-list') instanceof Element;
}

const linking = (): boolean => store.getState().linkMode !== null;
const free = (): boolean => atWork() && !linking();
const onSpan = (): boolean => free() && store.getState().active !== null;

function move(make: (note: NoteText, caret: Caret) => Caret): void {
  const { note, caret } = store.getState();
  if (note && note.tokens.starts.length > 0) putCaret(make(note, caret));
}

function lineEdge(note: NoteText, caret: Caret, edge: 'start' | 'end', extend: boolean): Caret {
  const line = note.lines[lineAt(note.lines, note.tokens.starts[caret.focus] ?? 0)];
  if (!line) return caret;
  const token = tokenAt(note.tokens, edge === 'start' ? line.start : Math.max(line.start, line.end - 1));
  return moveTo(note.tokens, caret, token, extend);
}

/** Each movement twice: alone, and with Shift to extend. */
function movement(
  id: string,
  title: string,
  key: string | readonly string[],
  run: (extend: boolean) => void,
): readonly Command[] {
  const keys = typeof key === 'string' ? [key] : key;
  const when = (): boolean => atNote() && !linking();
  return [
    { id, title, group, keys, keysOnly: true, when, run: () => run(false) },
    {
      id: `${id}Extend`,
      title: `${title}, extending the selection`,
      group,
      keys: keys.map((one) => `shift+${one}`),
      keysOnly: true,
      when,
      run: () => run(true),
    },
  ];
}

const movements: readonly Command[] = [
  ...movement('annotation.left', 'Caret one token left', 'arrowleft', (extend) => {
    const step = currentPage()?.leftIs() ?? -1;
    move((note, caret) => moveByToken(note.tokens, caret, step, extend));
  }),
  ...movement('annotation.right', 'Caret one token right', 'arrowright', (extend) => {
    const step = currentPage()?.leftIs() === 1 ? -1 : 1;
    move((note, caret) => moveByToken(note.tokens, caret, step, extend));
  }),
  ...movement('annotation.up', 'Caret one line up', 'arrowup', (extend) =>
    currentPage()?.moveByLine(-1, extend),
  ),
  ...movement('annotation.down', 'Caret one line down', 'arrowdown', (extend) =>
    currentPage()?.moveByLine(1, extend),
  ),
  ...movement('annotation.sentenceBack', 'Caret to the sentence before', 'mod+arrowleft', (extend) =>
    move((note, caret) => moveBySentence(note.tokens, caret, -1, extend)),
  ),
  ...movement('annotation.sentenceOn', 'Caret to the next sentence', 'mod+arrowright', (extend) =>
    move((note, caret) => moveBySentence(note.tokens, caret, 1, extend)),
  ),
  ...movement('annotation.lineStart', 'Caret to the start of the line', 'home', (extend) =>
    move((note, caret) => lineEdge(note, caret, 'start', extend)),
  ),
  ...movement('annotation.lineEnd', 'Caret to the end of the line', 'end', (extend) =>
    move((note, caret) => lineEdge(note, caret, 'end', extend)),
  ),
  ...movement('annotation.noteStart', 'Caret to the start of the note', 'mod+home', (extend) =>
    move((note, caret) => moveTo(note.tokens, caret, 0, extend)),
  ),
  ...movement('annotation.noteEnd', 'Caret to the end of the note', 'mod+end', (extend) =>
    move((note, caret) => moveTo(note.tokens, caret, note.tokens.starts.length - 1, extend)),
  ),
];

function labelCommands(labels: readonly Label[]): readonly Command[] {
  return labels.flatMap((label): Command[] => [
    {
      id: `annotation.tag.${label.id}`,
      title: `Tag as ${label.name}, or change the span to it`,
      group,
      keys: label.key,
      when: free,
      run: () => tag(label.id),
    },
    {
      id: `annotation.tagInside.${label.id}`,
      title: `Tag as ${label.name} inside or across another span`,
      group,
      keys: `shift+${label.key}`,
      when: free,
      run: () => tag(label.id, true),
    },
  ]);
}

const spanActs: readonly Command[] = [
  {
    id: 'annotation.remove',
    title: 'Remove the span',
    group,
    keys: ['delete', 'backspace'],
    when: onSpan,
    run: removeActive,
  },
  { id: 'annotation.nextSpan', title: 'Next span', group, keys: ']', when: free, run: () => jump(1) },
  {
    id: 'annotation.previousSpan',
    title: 'Previous span',
    group,
    keys: '[',
    when: free,
    run: () => jump(-1),
  },
  {
    id: 'annotation.growEnd',
    title: 'Grow the span at its end',
    group,
    keys: 'alt+arrowright',
    when: onSpan,
    run: () => moveEdge('end', 1),
  },
  {
    id: 'annotation.shrinkEnd',
    title: 'Shrink the span at its end',
    group,
    keys: 'alt+arrowleft',
    when: onSpan,
    run: () => moveEdge('end', -1),
  },
  {
    id: 'annotation.growStart',
    title: 'Grow the span at its start',
    group,
    keys: 'alt+shift+arrowleft',
    when: onSpan,
    run: () => moveEdge('start', -1),
  },
  {
    id: 'annotation.shrinkStart',
    title: 'Shrink the span at its start',
    group,
    keys: 'alt+shift+arrowright',
    when: onSpan,
    run: () => moveEdge('start', 1),
  },
  { id: 'annotation.link', title: 'Link the span', group, keys: 'l', when: free, run: startLinking },
  {
    id: 'annotation.collapse',
    title: 'Let go of the selection',
    group,
    keys: 'escape',
    keysOnly: true,
    when: free,
    run: collapse,
  },
];

const linkActs: readonly Command[] = [
  {
    id: 'annotation.linkNext',
    title: 'Linking: next end',
    group,
    keys: ['arrowright', 'arrowdown'],
    keysOnly: true,
    when: linking,
    run: () => chooseTarget(1),
  },
  {
    id: 'annotation.linkPrevious',
    title: 'Linking: previous end',
    group,
    keys: ['arrowleft', 'arrowup'],
    keysOnly: true,
    when: linking,
    run: () => chooseTarget(-1),
  },
  {
    id: 'annotation.linkTake',
    title: 'Linking: take this end',
    group,
    keys: 'enter',
    keysOnly: true,
    when: linking,
    run: () => linkWith(),
  },
  {
    id: 'annotation.linkStop',
    title: 'Linking: stop',
    group,
    keys: ['escape', 'l'],
    keysOnly: true,
    when: linking,
    run: stopLinking,
  },
  ...Array.from({ length: 9 }, (_, index): Command => ({
    id: `annotation.linkTake.${index + 1}`,
    title: `Linking: take end ${index + 1}`,
    group,
    keys: String(index + 1),
    keysOnly: true,
    when: linking,
    run: () => linkWith(index),
  })),
];

export interface NoteTurning {
  readonly next: () => void;
  readonly previous: () => void;
}

/** Every key of the annotation screen, in the one registry where keys are shown and rebound. */
export function useAnnotationCommands(turn: NoteTurning): void {
  const labels = useOpen((state) => state.schema.labels);
  const hasNote = (): boolean => store.getState().note !== null;
  useCommands([
    ...movements,
    ...labelCommands(labels),
    ...spanActs,
    { id: 'annotation.undo', title: 'Undo', group, keys: 'mod+z', run: undo },
    { id: 'annotation.redo', title: 'Redo', group, keys: ['mod+shift+z', 'mod+y'], run: redo },
    {
      id: 'annotation.next',
      title: 'Next note',
      group,
      keys: 'alt+arrowdown',
      when: hasNote,
      run: turn.next,
    },
    {
      id: 'annotation.previous',
      title: 'Previous note',
      group,
      keys: 'alt+arrowup',
      when: hasNote,
      run: turn.previous,
    },
    {
      id: 'annotation.doneNext',
      title: 'Mark as done and open the next note',
      group,
      keys: 'mod+enter',
      when: hasNote,
      run: () => {
        setStatus('done');
        turn.next();
      },
    },
    {
      id: 'annotation.done',
      title: 'Mark as done',
      group,
      keys: 'mod+shift+enter',
      when: hasNote,
      run: () => setStatus('done'),
    },
    {
      id: 'annotation.flag',
      title: 'Flag the note for a second look',
      group,
      keys: 'mod+shift+f',
      when: hasNote,
      run: () => setStatus('flagged'),
    },
    {
      id: 'annotation.reopen',
      title: 'Mark as started again',
      group,
      when: hasNote,
      run: () => setStatus('started'),
    },
    {
      id: 'annotation.focusNote',
      title: 'Go to the text',
      group,
      keys: 'f6',
      when: hasNote,
      run: () => currentPage()?.focus(),
    },
    ...linkActs,
  ]);
}
