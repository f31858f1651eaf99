import type { MethodMap } from './method.ts';

export const corpusMethods = {} as const satisfies MethodMap;
