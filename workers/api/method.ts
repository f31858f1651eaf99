import type { z } from 'zod';

/** Carries the output type of a method through the type system only; there is nothing at run time. */
declare const output: unique symbol;

/** One method of the contract: a guard for its input, and the type of its output. */
export interface Method<Input extends z.ZodType = z.ZodType, Output = unknown> {
  readonly input: Input;
  readonly [output]?: Output;
}

export type MethodMap = Readonly<Record<string, Method>>;

export type InputOf<M extends Method> = z.input<M['input']>;
export type ParsedInputOf<M extends Method> = z.output<M['input']>;
export type OutputOf<M extends Method> = M extends Method<z.ZodType, infer Output> ? Output : never;

/**
 * Declares a method: `method<Output>()(inputGuard)`. Two steps, because TypeScript infers either all type
 * arguments or none.
 */
export function method<Output>() {
  return <Input extends z.ZodType>(input: Input): Method<Input, Output> => ({ input });
}
