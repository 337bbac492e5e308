import * as z from 'zod';
import { epochMs } from '../clock.ts';
import type { Store } from '../database/database.ts';
import { CallError } from '../errors.ts';
import { own } from '../own.ts';
import { createRandom, seedFor } from '../random.ts';
import { faultCatalogue } from './catalogue.ts';
import type { ActiveFault } from './kind.ts';
import type { FaultPoint } from './point.ts';

const requestSchema = z.object({
  id: z.string().min(1).max(100),
  module: z.string(),
  kind: z.string(),
  parameters: z.record(z.string(), z.unknown()).default({}),
  limitMs: z.number().int().min(1).max(600_000),
});

interface Entry {
  readonly id: string;
  readonly module: string;
  readonly kind: string;
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly active: ActiveFault;
  readonly timer: NodeJS.Timeout;
}

/** The faults at work in one unit; each ends by itself at its limit. */
export class FaultManager {
  readonly #points: ReadonlyMap<string, FaultPoint>;
  readonly #store: Pick<Store, 'limitConnections'>;
  readonly #entries = new Map<string, Entry>();

  constructor(points: ReadonlyMap<string, FaultPoint>, store: Pick<Store, 'limitConnections'>) {
    this.#points = points;
    this.#store = store;
  }

  /** Injects a fault. Throws `CallError` `bad-input` when the request is not valid and `conflict` when the id is taken. */
  inject(request: unknown): { id: string; effectAtMs: number } {
    const { id, module, kind, parameters, limitMs } = check(requestSchema, request, 'fault');
    const point = this.#points.get(module);
    if (point === undefined)
      throw new CallError(
        'bad-input',
        `module "${module}" is not in this unit; allowed: ${[...this.#points.keys()].join(', ')}`,
      );
    const faultKind = own(faultCatalogue, kind);
    if (faultKind === undefined) {
      throw new CallError(
        'bad-input',
        `kind "${kind}" is not known; allowed: ${Object.keys(faultCatalogue).join(', ')}`,
      );
    }
    if (this.#entries.has(id)) throw new CallError('conflict', `fault "${id}" is at work already`);
    const checked = check(faultKind.parameters, parameters, 'parameters');
    const limitConnections = this.#store.limitConnections?.bind(this.#store);
    const random = createRandom(seedFor(0, id));
    const active = faultKind.inject({ module, point, random, limitConnections }, checked);
    const sinceMs = epochMs() + active.effectInMs;
    const timer = setTimeout(() => {
      this.undo(id);
    }, limitMs + active.effectInMs);
    timer.unref();
    this.#entries.set(id, { id, module, kind, sinceMs, untilMs: sinceMs + limitMs, active, timer });
    return { id, effectAtMs: sinceMs };
  }

  /** Undoes a fault; undefined when there is none of that id. */
  undo(id: string): { id: string; undoneAtMs: number } | undefined {
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    clearTimeout(entry.timer);
    this.#entries.delete(id);
    entry.active.undo();
    return { id, undoneAtMs: epochMs() };
  }

  undoAll(): void {
    for (const id of [...this.#entries.keys()]) this.undo(id);
  }

  list(): { id: string; module: string; kind: string; sinceMs: number; untilMs: number }[] {
    return [...this.#entries.values()].map(({ id, module, kind, sinceMs, untilMs }) => ({
      id,
      module,
      kind,
      sinceMs,
      untilMs,
    }));
  }
}

function check<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new CallError('bad-input', `${[what, ...(issue?.path ?? [])].join('.')}: ${issue?.message ?? 'not valid'}`);
}
