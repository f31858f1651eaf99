import type { MethodMap } from './method.ts';

export const trainingMethods = {} as const satisfies MethodMap;
