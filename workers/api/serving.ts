import type { MethodMap } from './method.ts';

export const servingMethods = {} as const satisfies MethodMap;
