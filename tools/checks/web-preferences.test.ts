import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { projectRoot } from '../setup/places.mjs';

/**
 * Keys of webPreferences that open a window to the machine or to the network. Naming one at all is an error,
 * also with its safe value: the defaults are safe, and what is not written cannot be changed by mistake.
 */
const never = new Set([
  'allowRunningInsecureContent',
  'enableBlinkFeatures',
  'experimentalFeatures',
  'nodeIntegrationInSubFrames',
  'nodeIntegrationInWorker',
  'webSecurity',
]);

/** Keys that may be written down, with the one value that is safe. */
const onlyThus = new Map([
  ['contextIsolation', 'true'],
  ['navigateOnDragDrop', 'false'],
  ['nodeIntegration', 'false'],
  ['sandbox', 'true'],
  ['spellcheck', 'false'],
  ['webviewTag', 'false'],
]);

/** The offending keys in a source, each with its line. */
function offences(name: string, text: string): string[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) {
      const key = ts.isIdentifier(node.name) || ts.isStringLiteral(node.name) ? node.name.text : '';
      const safe = onlyThus.get(key);
      const value = ts.isPropertyAssignment(node) ? node.initializer.getText() : key;
      if (never.has(key) || (safe !== undefined && value !== safe)) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        found.push(`${name}:${line + 1} ${key}: ${value}`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test('no window is opened with a switch that weakens it', () => {
  const files = globSync('electron/**/*.ts', { cwd: projectRoot });
  expect(files.length).toBeGreaterThan(10);
  const found = files.flatMap((file) => offences(file, readFileSync(path.join(projectRoot, file), 'utf8')));
  expect(found).toEqual([]);
});

test('the check sees what it is for', () => {
  const text = `new BrowserWindow({ webPreferences: { sandbox: false, 'webSecurity': true, spellcheck: false } });`;
  expect(offences('a.ts', text)).toEqual(['a.ts:1 sandbox: false', 'a.ts:1 webSecurity: true']);
});
