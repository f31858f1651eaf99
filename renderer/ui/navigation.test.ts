import fc from 'fast-check';
import { expect, it } from 'vitest';
import { routeOf, routeSegments } from './navigation.ts';

it('reads back whatever it wrote', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 })), (segments) => {
      expect(routeSegments(routeOf(...segments))).toEqual(segments);
    }),
  );
});

it('takes a path that nobody encoded as it stands', () => {
  expect(routeSegments('/training/run/7/')).toEqual(['training', 'run', '7']);
  expect(routeSegments('/corpus/100%')).toEqual(['corpus', '100%']);
});
