import type { MethodMap } from './method.ts';

export const annotationMethods = {} as const satisfies MethodMap;
