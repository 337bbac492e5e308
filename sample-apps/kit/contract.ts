import type { z } from 'zod';
import type { CallContext } from './context.ts';

/**
 * Whether an operation may be repeated after a failure that left its outcome open.
 * `safe`: always (reads, and writes that set rather than add); `with-key`: only when the call carries an idempotency key; `never`.
 */
export type Repeat = 'safe' | 'with-key' | 'never';

/** One operation of a contract. */
export interface Operation<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly summary: string;
  readonly input: Input;
  readonly output: Output;
  readonly repeat: Repeat;
}

/** What a module offers to others: served as `POST /<module>/<operation>` and published as OpenAPI. */
export interface Contract<Operations extends Record<string, Operation> = Record<string, Operation>> {
  readonly name: string;
  readonly operations: Operations;
}

export function operation<Input extends z.ZodType, Output extends z.ZodType>(
  definition: Operation<Input, Output>,
): Operation<Input, Output> {
  return definition;
}

export function defineContract<Operations extends Record<string, Operation>>(
  name: string,
  operations: Operations,
): Contract<Operations> {
  return { name, operations };
}

/** How a caller sees a contract: the same whether the callee is in its unit or in another. Calls reject with `CallError`. */
export type Client<C extends Contract> = {
  readonly [K in keyof C['operations']]: (
    input: z.input<C['operations'][K]['input']>,
    context: CallContext,
  ) => Promise<z.output<C['operations'][K]['output']>>;
};

/** What a module implements. */
export type Handlers<C extends Contract> = {
  readonly [K in keyof C['operations']]: (
    input: z.output<C['operations'][K]['input']>,
    context: CallContext,
  ) => Promise<z.input<C['operations'][K]['output']>>;
};
