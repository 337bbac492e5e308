import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ContractOperation } from '../contracts/index.ts';
import { Asker, fieldsOf, goodBody, type Answer, type NoAnswer, type Question } from './ask.ts';
import type { ProtocolOptions } from './options.ts';
import type { ProgramHost, ProgramProcess } from './program.ts';
import { NotAsked, NotMet } from './requirement.ts';

const readyWithinMs = 20_000;
/** An engine that was lost may never tell of an end. */
const usualKillPatienceMs = 30_000;
const token = 'a control token for the check';

/** A unit that runs, and both of its ports. */
export interface Unit {
  url: string;
  controlUrl: string;
  process: ProgramProcess;
  /** Asks the public port. */
  ask(question: Question): Promise<Answer | NoAnswer>;
  /** Asks the control port with the token. */
  control(method: Question['method'], path: string, body?: unknown, patienceMs?: number): Promise<Answer | NoAnswer>;
  /** Whether it has ended. */
  hasEnded(): boolean;
  /** Kills it, and settles when it has ended or nobody tells of that for so long that it is left to whoever brought it. */
  end(): Promise<void>;
}

/** What a configuration may be other than usual in. */
export interface Wish {
  settings?: Record<string, unknown>;
  seed?: { value: number; sizes: Record<string, number> };
}

/** Where the requirements are held against a program: one unit that they share, and others as they wish. */
export class Bench {
  readonly options: ProtocolOptions;
  readonly #units = new Set<Unit>();
  #shared: Unit | undefined;
  #reference: Unit | undefined;

  constructor(options: ProtocolOptions) {
    this.options = options;
  }

  get module(): string {
    return this.options.contract.module;
  }

  /** The unit that requirements share; another one where it has ended. */
  async unit(): Promise<Unit> {
    if (this.#shared === undefined || this.#shared.hasEnded()) this.#shared = await this.startUnit();
    return this.#shared;
  }

  /** The implementation that answers are held against. Throws NotAsked where there is none. */
  async reference(): Promise<Unit> {
    this.#reference ??= await this.startReference();
    return this.#reference;
  }

  /** Throws NotAsked where there is none. */
  async startReference(wish: Wish = {}): Promise<Unit> {
    const { reference } = this.options;
    if (reference === undefined) throw new NotAsked('there is no second implementation to hold it against');
    return this.#start(reference, wish);
  }

  startUnit(wish: Wish = {}): Promise<Unit> {
    return this.#start(this.options.host, wish);
  }

  /** The token of every unit's control port. */
  get token(): string {
    return token;
  }

  /** A place for a unit, and what it is told at its start there; see engine/deploy/unit-configuration.ts. */
  async order(wish: Wish = {}, host: ProgramHost = this.options.host) {
    const place = await host.place();
    const { module, options } = this;
    const configuration = {
      ...{ protocol: 1, application: options.application, unit: module, instance: 0, modules: [module] },
      units: { [module]: { modules: [module], urls: [place.serviceUrl] } },
      listen: place.listen,
      control: { ...place.control, token },
      dataDirectory: place.dataDirectory,
      seed: wish.seed ?? options.seed,
      settings: { tunables: options.tunables ?? {}, ...wish.settings },
    };
    return { place, configuration };
  }

  async #start(host: ProgramHost, wish: Wish): Promise<Unit> {
    const { place, configuration } = await this.order(wish, host);
    const process = await host.start(JSON.stringify(configuration), place);
    const { url, controlUrl } = place;
    const [publicPort, controlPort] = [new Asker(url), new Asker(controlUrl)];
    let hasEnded = false;
    void process.ended.then(() => (hasEnded = true));
    const unit: Unit = {
      ...{ url, controlUrl, process, hasEnded: () => hasEnded },
      ask: (question) => publicPort.ask(question),
      control: (method, path, body, patienceMs) =>
        controlPort.ask({
          ...{ method: method ?? 'GET', path, headers: { authorization: `Bearer ${token}` } },
          ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
          ...(patienceMs === undefined ? {} : { patienceMs }),
        }),
      end: async () => {
        if (!hasEnded) await process.signal('SIGKILL');
        const { killPatienceMs = usualKillPatienceMs } = this.options;
        await Promise.all([untilEnded(process, killPatienceMs), publicPort.close(), controlPort.close()]);
      },
    };
    this.#units.add(unit);
    await awaitReady(unit);
    return unit;
  }

  /** A request that is answered well, taken from the contract's examples; with an identity of its own where the example has one. */
  get question(): { operation: ContractOperation; path: string; input: unknown; body: string } {
    const { contract, examples } = this.options;
    for (const { module, operation: name, input, expect, key } of examples) {
      const operation = contract.operations.find((one) => one.name === name);
      const body = JSON.stringify(input).replaceAll('${uuid}', randomUUID());
      const isPlain = expect.status === 200 && key === undefined && !body.includes('${');
      if ((module ?? this.module) === this.module && operation?.repeat === 'safe' && isPlain)
        return { operation, path: `/${this.module}/${name}`, input: JSON.parse(body) as unknown, body };
    }
    throw new NotAsked('the contract has no example of a request that may always be repeated');
  }

  /** Asks what is answered well. */
  askWell(unit: Unit, more: Partial<Question> = {}): Promise<Answer | NoAnswer> {
    const { path, body } = this.question;
    return unit.ask({ path, body, ...more });
  }

  /** Gives the module a fault for a while. Throws NotMet where it is not accepted. */
  async during<T>(
    unit: Unit,
    kind: string,
    parameters: Record<string, number>,
    work: (id: string) => Promise<T>,
  ): Promise<T> {
    const id = `check-${kind}-${randomUUID().slice(0, 8)}`;
    await this.inject(unit, { id, kind, parameters });
    let result: T;
    try {
      result = await work(id);
    } finally {
      if (!unit.hasEnded()) await unit.control('DELETE', `/faults/${id}`);
    }
    const left = fieldsOf(goodBody('GET /faults after the undo', await unit.control('GET', '/faults')))['faults'];
    if (JSON.stringify(left) !== '[]')
      throw new NotMet(`GET /faults after the undo of ${kind}`, 'no fault', JSON.stringify(left));
    return result;
  }

  async inject(
    unit: Unit,
    { id, kind, parameters, limitMs = 60_000 }: { id: string; kind: string; parameters: object; limitMs?: number },
  ): Promise<{ effectAtMs: number }> {
    const asked = `POST /faults ${kind}`;
    const body = goodBody(
      asked,
      await unit.control('POST', '/faults', { ...{ id, module: this.module, kind }, parameters, limitMs }),
    );
    const { id: cameId, effectAtMs } = fieldsOf(body);
    if (cameId !== id || typeof effectAtMs !== 'number')
      throw new NotMet(asked, `{ id: "${id}", effectAtMs }`, JSON.stringify(body));
    return { effectAtMs };
  }

  async metrics(unit: Unit): Promise<Readonly<Record<string, unknown>>> {
    return fieldsOf(goodBody('GET /metrics', await unit.control('GET', '/metrics')));
  }

  /** Waits until so many requests are in flight. Throws NotMet. */
  async awaitInFlight(unit: Unit, count: number): Promise<void> {
    let came: unknown;
    for (const end = performance.now() + 3000; performance.now() < end; await delay(5)) {
      came = (await this.metrics(unit))['inFlight'];
      if (came === count) return;
    }
    throw new NotMet(`GET /metrics with ${count} requests under way`, `inFlight ${count}`, String(came));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#units].map((unit) => unit.end()));
  }
}

async function untilEnded({ ended }: ProgramProcess, ms: number): Promise<void> {
  const over = new AbortController();
  try {
    await Promise.race([ended, delay(ms, undefined, { signal: over.signal })]);
  } finally {
    over.abort();
  }
}

async function awaitReady(unit: Unit): Promise<void> {
  let came = 'nothing';
  for (const end = performance.now() + readyWithinMs; performance.now() < end; await delay(10)) {
    if (unit.hasEnded()) {
      const { code, signal, lastWords } = await unit.process.ended;
      throw new NotMet(
        'the start of the program',
        'a unit that is ready',
        `its end (${code ?? signal}): ${await lastWords()}`,
      );
    }
    const answer = await unit.ask({ method: 'GET', path: '/health/ready', patienceMs: 1000 });
    if (!('came' in answer) && answer.status === 200) return;
    came = 'came' in answer ? answer.came : `${answer.status} ${answer.text}`;
  }
  throw new NotMet('GET /health/ready', `status 200 within ${readyWithinMs / 1000} s of the start`, came);
}
