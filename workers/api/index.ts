import { annotationMethods } from './annotation.ts';
import { corpusMethods } from './corpus.ts';
import { jobMethods } from './jobs.ts';
import type { InputOf, OutputOf } from './method.ts';
import { monitoringMethods } from './monitoring.ts';
import { pipelinesMethods } from './pipelines.ts';
import { registryMethods } from './registry.ts';
import { servingMethods } from './serving.ts';
import { trainingMethods } from './training.ts';
import { workspaceMethods } from './workspace.ts';

/** The whole contract between a window, or the command line, and the engine. */
export const methods = {
  ...workspaceMethods,
  ...jobMethods,
  ...corpusMethods,
  ...annotationMethods,
  ...trainingMethods,
  ...registryMethods,
  ...servingMethods,
  ...monitoringMethods,
  ...pipelinesMethods,
} as const;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export type Input<Name extends MethodName> = InputOf<Methods[Name]>;
export type Output<Name extends MethodName> = OutputOf<Methods[Name]>;
