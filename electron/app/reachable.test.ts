import { expect, it } from 'vitest';
import { isReachable } from './reachable.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };

it.each([
  ['in the middle', { x: 300, y: 200, width: 1280, height: 800 }, true],
  ['on a screen that is gone', { x: 2500, y: 200, width: 1280, height: 800 }, false],
  ['almost out at the left', { x: -1270, y: 200, width: 1280, height: 800 }, false],
  ['title bar above the screen', { x: 100, y: -400, width: 1280, height: 800 }, false],
  ['title bar below the screen', { x: 100, y: 1070, width: 1280, height: 800 }, false],
])('a window %s', (_where, window, reachable) => {
  expect(isReachable(screen, window)).toBe(reachable);
});
