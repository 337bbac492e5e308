import type { Clock } from '../../clock/index.ts';
import type { Book, Language } from '../../model/index.ts';
import type { FakeAnswer, FakeHost, FakeProgram, FakeRequest, Silence } from '../../runtime/testing/index.ts';
import type { UnitConfiguration } from '../unit-configuration.ts';

interface ActiveFault {
  id: string;
  module: string;
  kind: string;
  parameters: Record<string, number>;
  sinceMs: number;
  untilMs: number;
}

/** What a module does with one call. */
export interface Treatment {
  outcome: 'good' | 'status' | 'timeout';
  addedMs: number;
}

/** A question to an operation of a module. */
export interface AskedModule {
  module: string;
  operation: string;
  /** What the body says. */
  input: unknown;
  language: Language;
}

/** What the units of one deployment keep in their stores, which outlive their processes. */
export interface FakeStore {
  orders: string[];
}

const STOCK = 1_000_000;
/** As whoever checks a contract asks for what no module has. */
const noOperation = /^none[0-9a-f]{32}$/;

/** A unit's process, as far as the engine can tell: its control API, its readiness, and how its modules treat calls under faults. */
export class FakeUnitProgram implements FakeProgram {
  readonly #configuration: UnitConfiguration;
  readonly #clock: Clock;
  readonly #host: FakeHost;
  readonly #store: FakeStore;
  readonly #faults = new Map<string, ActiveFault>();
  readonly #calls = new Map<string, number>();
  readonly #startedAtMs: number;
  readonly #ready: boolean;
  readonly #offsetMs: number;
  readonly #seedHash: (module: string) => string;
  readonly #page: string;
  readonly #language: Language;
  readonly #answers: ((asked: AskedModule) => FakeAnswer | Silence | undefined) | undefined;
  /** Where other units answer, as it was told. */
  readonly #urls: Map<string, string[]>;
  #draining = false;

  constructor(
    configuration: UnitConfiguration,
    surroundings: {
      clock: Clock;
      host: FakeHost;
      store: FakeStore;
      seedHash: (module: string) => string;
      /** What it answers people. */
      page: string;
      language: Language;
      answers: ((asked: AskedModule) => FakeAnswer | Silence | undefined) | undefined;
      ready: boolean;
      /** How far its clock is ahead of the laboratory's, ms. */
      offsetMs: number;
    },
  ) {
    this.#configuration = configuration;
    this.#clock = surroundings.clock;
    this.#host = surroundings.host;
    this.#store = surroundings.store;
    this.#ready = surroundings.ready;
    this.#offsetMs = surroundings.offsetMs;
    this.#seedHash = surroundings.seedHash;
    this.#page = surroundings.page;
    this.#language = surroundings.language;
    this.#answers = surroundings.answers;
    this.#startedAtMs = this.#nowMs();
    this.#urls = new Map(Object.entries(configuration.units).map(([unit, { urls }]) => [unit, urls]));
    surroundings.host.log(`unit ${configuration.unit} is up`);
  }

  handle(request: FakeRequest): FakeAnswer | Silence {
    const [path = ''] = request.path.split('?');
    if (request.control) return this.#control(request, path);
    if (path === '/health/live') return { status: 200, body: 'ok' };
    if (path === '/health/ready')
      return { status: this.#ready && !this.#draining && !this.#has('unready') ? 200 : 503, body: '' };
    if (path === '/openapi.json') return { status: 200, body: this.#document() };
    // For the fake load, which asks in the entry's place.
    if (path.startsWith('/urls/')) return { status: 200, body: this.#urls.get(path.slice('/urls/'.length)) ?? [] };
    const [module = '', operation] = path.slice(1).split('/');
    if (!this.#configuration.modules.includes(module)) return { status: 200, body: this.#page };
    const special = operation === undefined ? undefined : this.#asked(module, operation, request.body ?? '{}');
    if (special !== undefined) return special;
    const { searchParams } = new URL(request.path, 'http://unit');
    return { status: 200, body: this.#call(module, searchParams.get('order')) };
  }

  /** Says what the unit was built of where another would say what it offers. */
  #document() {
    const { unit, modules } = this.#configuration;
    const paths = Object.fromEntries(modules.map((module) => [`/${module}/ask`, { summary: this.#page }]));
    return { openapi: '3.1.0', info: { title: unit, version: '1' }, paths };
  }

  /** Undefined where a question is nothing but a call of the module. */
  #asked(module: string, operation: string, body: string): FakeAnswer | Silence | undefined {
    const refusal = (status: number, code: string) => ({
      status,
      body: { error: { code, message: `${module}.${operation}`, retryable: false } },
    });
    if (noOperation.test(operation)) return refusal(404, 'not-found');
    let input: unknown;
    try {
      input = JSON.parse(body);
    } catch {
      return refusal(400, 'bad-input');
    }
    return this.#answers?.({ module, operation, input, language: this.#language });
  }

  #call(module: string, order: string | null): Treatment {
    this.#calls.set(module, (this.#calls.get(module) ?? 0) + 1);
    this.#host.spend(0.0005);
    const treatment: Treatment = { outcome: 'good', addedMs: 0 };
    for (const fault of this.#active()) {
      if (['event-loop-block', 'cpu-hog', 'store-connections'].includes(fault.kind)) treatment.addedMs += 50;
      if (fault.module !== module) continue;
      if (['errors', 'provider-outage', 'store-outage', 'connection-reset'].includes(fault.kind))
        treatment.outcome = 'status';
      if (fault.kind === 'hang' || fault.kind === 'black-hole') treatment.outcome = 'timeout';
      if (fault.kind === 'slow') treatment.addedMs += fault.parameters['delayMs'] ?? 0;
    }
    if (order !== null && treatment.outcome === 'good') this.#store.orders.push(order);
    return treatment;
  }

  #control({ method, headers, body }: FakeRequest, path: string): FakeAnswer {
    const { unit, instance, modules, control } = this.#configuration;
    if (headers['authorization'] !== `Bearer ${control.token}`) return { status: 401, body: {} };
    const nowMs = this.#nowMs();
    const id = /^\/faults\/(.+)$/.exec(path)?.[1];
    if (id !== undefined && method === 'DELETE')
      return this.#faults.delete(decodeURIComponent(id))
        ? { status: 200, body: { id: decodeURIComponent(id), undoneAtMs: nowMs } }
        : { status: 404, body: {} };
    const book = /^\/audit\/(.+)$/.exec(path)?.[1];
    if (book !== undefined) return { status: 200, body: this.#books() };
    switch (`${method} ${path}`) {
      case 'GET /identity': {
        const seedHash = Object.fromEntries(modules.map((module) => [module, this.#seedHash(module)]));
        return {
          status: 200,
          body: {
            unit,
            instance,
            modules,
            pid: 1,
            startedAtMs: this.#startedAtMs,
            languageVersion: 'v24.0.0',
            seedHash,
          },
        };
      }
      case 'GET /metrics':
        return { status: 200, body: this.#metrics(nowMs) };
      case 'GET /faults':
        return { status: 200, body: { faults: this.#active() } };
      case 'POST /faults':
        return this.#inject(JSON.parse(body ?? '{}') as ActiveFault & { limitMs: number }, nowMs);
      case 'GET /traces':
        return { status: 200, body: { spans: [] } };
      case 'PUT /addresses': {
        const { units } = JSON.parse(body ?? '{}') as { units: Record<string, string[]> };
        for (const [name, urls] of Object.entries(units)) this.#urls.set(name, urls);
        return { status: 200, body: { settled: true } };
      }
      case 'POST /drain':
        this.#draining = true;
        return {
          status: 200,
          body: this.#has('hang') ? { settled: false, inFlight: 1 } : { settled: true, inFlight: 0 },
        };
      case 'POST /quiesce':
        return { status: 200, body: { settled: true, pending: 0 } };
      default:
        return { status: 404, body: {} };
    }
  }

  #inject({ id, module, kind, parameters, limitMs }: ActiveFault & { limitMs: number }, nowMs: number): FakeAnswer {
    this.#faults.set(id, { id, module, kind, parameters, sinceMs: nowMs, untilMs: nowMs + limitMs });
    this.#clock.after(limitMs, () => this.#faults.delete(id));
    // The answer leaves before the process ends.
    if (kind === 'crash') this.#clock.after(1, () => this.#host.exit(1));
    if (kind === 'out-of-memory') this.#clock.after(1, () => this.#host.exit(137, 'oom'));
    return { status: 200, body: { id, effectAtMs: nowMs } };
  }

  #active(): ActiveFault[] {
    return [...this.#faults.values()];
  }

  #nowMs(): number {
    return this.#clock.nowMs() + this.#offsetMs;
  }

  #has(kind: string): boolean {
    return this.#active().some((fault) => fault.kind === kind);
  }

  #metrics(atMs: number) {
    const modules = Object.fromEntries(
      this.#configuration.modules.map((module) => [module, { calls: this.#calls.get(module) ?? 0, failures: 0 }]),
    );
    const policies = { retries: 0, breakerOpens: 0, breakerState: {}, rejectedByBulkhead: 0, shed: 0, fallbacks: 0 };
    return { atMs, loopLagP99Ms: 1, heapBytes: 10 * 2 ** 20, inFlight: 0, modules, policies };
  }

  /** Every book at once; readers take the part that they asked for. */
  #books(): Record<Book, unknown> & Record<string, unknown> {
    const { orders } = this.#store;
    return {
      orders: orders.map((key) => ({ key, id: key, status: 'confirmed', total: 1 })),
      captures: orders.map((orderKey) => ({ orderKey, amount: 1, status: 'captured' })),
      stock: { initial: STOCK, available: STOCK - orders.length, reserved: 0, sold: orders.length },
      negative: 0,
      sent: orders,
      payments: null,
      notifications: null,
    };
  }
}
