import type { MethodMap } from './method.ts';

export const pipelinesMethods = {} as const satisfies MethodMap;
