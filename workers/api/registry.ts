import type { MethodMap } from './method.ts';

export const registryMethods = {} as const satisfies MethodMap;
