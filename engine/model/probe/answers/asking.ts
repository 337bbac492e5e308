import type { Application } from '../../application.ts';
import { own } from '../../own.ts';

/** The endpoints that use a module, needed or not. */
export function endpointsAsking({ endpoints }: Application, module: string): string[] {
  return Object.entries(endpoints).flatMap(([name, { needs }]) => (own(needs, module) === undefined ? [] : [name]));
}
