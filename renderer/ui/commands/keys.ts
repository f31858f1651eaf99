import type { KeyCombo } from '@blueprintjs/core';
import { comboMatches, getKeyCombo, parseKeyCombo } from '@blueprintjs/core';

/**
 * Key combinations in Blueprint's grammar: modifiers and one key joined by `+`, such as `mod+k`, `shift+arrowleft`
 * or `?`. `mod` is Ctrl, and Cmd on a Mac.
 */
const parsed = new Map<string, KeyCombo>();

function parse(combo: string): KeyCombo {
  const kept = parsed.get(combo);
  if (kept !== undefined) return kept;
  const made = parseKeyCombo(combo);
  parsed.set(combo, made);
  return made;
}

export function matches(event: KeyboardEvent, combo: string): boolean {
  // A lone symbol means the character, wherever a keyboard layout has it and whatever it takes to type it.
  if (combo.length === 1 && !/[a-z0-9]/i.test(combo)) {
    return event.key === combo && !event.ctrlKey && !event.metaKey && !event.altKey;
  }
  return comboMatches(parse(combo), getKeyCombo(event));
}

const isMac = navigator.platform.startsWith('Mac');

const words: Readonly<Record<string, string>> = {
  mod: isMac ? '⌘' : 'Ctrl',
  cmd: '⌘',
  meta: isMac ? '⌘' : 'Meta',
  ctrl: 'Ctrl',
  alt: isMac ? '⌥' : 'Alt',
  shift: 'Shift',
  enter: 'Enter',
  escape: 'Esc',
  esc: 'Esc',
  space: 'Space',
  backspace: 'Backspace',
  delete: 'Del',
  tab: 'Tab',
  home: 'Home',
  end: 'End',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  left: '←',
  right: '→',
  up: '↑',
  down: '↓',
};

/** The parts of a combination as they stand on the keys. */
export function keyWords(combo: string): readonly string[] {
  return splitCombo(combo).map((part) => words[part] ?? (part.length === 1 ? part.toUpperCase() : part));
}

/** `mod++` is mod and the plus key. */
function splitCombo(combo: string): readonly string[] {
  const lower = combo.toLowerCase().replaceAll(' ', '');
  if (lower === '+') return ['+'];
  if (lower.endsWith('++')) return [...lower.slice(0, -2).split('+'), '+'];
  return lower.split('+');
}

const modifierKeys = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process']);

/** The combination that was pressed, to be kept as a binding; null for a modifier alone. */
export function comboOf(event: KeyboardEvent): string | null {
  if (event.isComposing || modifierKeys.has(event.key)) return null;
  const primary = isMac ? event.metaKey : event.ctrlKey;
  const parts: string[] = [];
  if (primary) parts.push('mod');
  if (isMac && event.ctrlKey) parts.push('ctrl');
  if (event.altKey) parts.push('alt');
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  const isSymbol = key.length === 1 && !/[a-z0-9]/.test(key);
  if (event.shiftKey && !isSymbol) parts.push('shift');
  parts.push(key);
  return parts.join('+');
}
