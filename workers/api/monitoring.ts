import type { MethodMap } from './method.ts';

export const monitoringMethods = {} as const satisfies MethodMap;
