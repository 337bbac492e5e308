import type { z } from 'zod';
import type { CallContext } from '../context.ts';

/** What the entry answers. */
export type Reply =
  | { readonly kind: 'json'; readonly body: unknown }
  /** With a status only where it is a refusal. */
  | { readonly kind: 'page'; readonly status?: number; readonly html: string; readonly cookie?: string }
  | { readonly kind: 'redirect'; readonly location: string; readonly cookie?: string };

export interface RouteRequest<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly cookie: string | undefined;
}

/** Who a route is for: people (`page`) or programs (`api`). */
export type Audience = 'page' | 'api';

/** One route of the entry. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** With `:name` for parameters. */
  readonly path: string;
  readonly audience: Audience;
  readonly summary: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly answer?: z.ZodType;
  /** Whether it looks at the cookie of the visitor, or also sets it. */
  readonly cookie?: 'read' | 'set';
  /** Status of the answer when all is well: 200 unless it says otherwise; 303 for a page that sends on to another. */
  readonly success?: 200 | 201 | 303;
  handle(request: RouteRequest<unknown, unknown, unknown>, context: CallContext): Promise<Reply>;
}

export const jsonType = 'application/json';
export const formType = 'application/x-www-form-urlencoded';

/** Media types of the bodies that a route reads. */
export function bodyTypes({ audience }: Pick<Route, 'audience'>): readonly string[] {
  return audience === 'page' ? [formType, jsonType] : [jsonType];
}

type Output<S> = S extends z.ZodType ? z.output<S> : undefined;

interface TypedRoute<
  P extends z.ZodType | undefined,
  Q extends z.ZodType | undefined,
  B extends z.ZodType | undefined,
> extends Omit<Route, 'params' | 'query' | 'body' | 'handle'> {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  handle(request: RouteRequest<Output<P>, Output<Q>, Output<B>>, context: CallContext): Promise<Reply>;
}

/** Declares a route; what its schemas accept is what `handle` gets. */
export function route<
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(definition: TypedRoute<P, Q, B>): Route {
  return definition;
}
