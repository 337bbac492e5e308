import { randomUUID } from 'node:crypto';
import {
  own,
  unitOf,
  type Application,
  type ChangeAsk,
  type ChangeCheck,
  type ReplacedInstance,
  type ReplacementStrategy,
  type Topology,
} from '../model/index.ts';
import type { Artifact } from '../runtime/index.ts';
import { DeployError } from './deploy-error.ts';
import type { DeployOptions } from './deployment.ts';
import { firstFailureWins } from './first-failure.ts';
import type { Fleet } from './fleet.ts';
import type { Replacer } from './replace.ts';
import type { Surroundings } from './start-instance.ts';

/** How often it is looked whether a release is live, ms. */
const everyMs = 25;
/** One look at most, ms. */
const patienceMs = 2000;
/** How long a release may be invisible after everything was replaced, ms. */
const invisibleMs = 10_000;

export const releaseOrders = ['providers-first', 'callers-first'] as const;
export type ReleaseOrder = (typeof releaseOrders)[number];

export interface ReleaseOptions {
  /** The changes that are live afterwards, each after those it builds on; none is the source as it is. */
  changes: readonly string[];
  strategy: ReplacementStrategy;
  /** Whether a unit is replaced before those that call it (what is new is there before anybody asks for it) or after them (nobody asks any more for what goes). */
  order?: ReleaseOrder;
  /** Units to release; absent: every one whose program is another. */
  units?: readonly string[];
  signal?: AbortSignal;
}

/** What one release took, ms since it began: since the edit was there. */
export interface ReleaseMeasurement {
  changes: string[];
  strategy: ReplacementStrategy;
  order: ReleaseOrder;
  /** Modules whose own files are edited. */
  modules: string[];
  /** Units whose program became another, replaced or not. */
  changedUnits: string[];
  bundledMs: number;
  /** Images are there. */
  builtMs: number;
  /** What they add over the base image, bytes, all together. */
  addedBytes: number;
  replaced: ReplacedInstance[];
  /** Every unit is replaced, old ones removed. */
  replacedMs: number;
  /** The first answer that shows the new behaviour; null where the last change cannot be seen from outside. */
  seenMs: number | null;
}

/** Releases changes to a running deployment, and takes them back. */
export class Releaser {
  readonly #options: DeployOptions;
  readonly #surroundings: Surroundings;
  readonly #fleet: Fleet;
  readonly #replacer: Replacer;
  #artifacts: ReadonlyMap<string, Artifact>;
  #live: readonly string[] = [];

  constructor(options: DeployOptions, surroundings: Surroundings, fleet: Fleet, replacer: Replacer) {
    this.#options = options;
    this.#surroundings = surroundings;
    this.#fleet = fleet;
    this.#replacer = replacer;
    this.#artifacts = options.artifacts;
  }

  /** What the units that serve are made of now. */
  get artifacts(): ReadonlyMap<string, Artifact> {
    return this.#artifacts;
  }

  /** The changes that are live. */
  get live(): readonly string[] {
    return this.#live;
  }

  /**
   * Edits, bundles and builds what the changes touch, replaces those units, and watches for the first answer that shows it. Throws ChangeError, BundleError, EngineError or
   * DeployError, or the signal's reason; what a failed replacement leaves serving `Replacer.replace` says.
   */
  async release({
    changes,
    strategy,
    order = 'providers-first',
    units: wanted,
    signal,
  }: ReleaseOptions): Promise<ReleaseMeasurement> {
    const { laboratory, runtime, application, variant, run } = this.#options;
    const { nowMs } = this.#surroundings;
    const fromMs = nowMs();
    const since = (): number => nowMs() - fromMs;
    const edit = await laboratory.edit(application, changes);
    const sources = await laboratory.bundle(application, variant.topology.units, edit);
    signal?.throwIfAborted();
    const bundledMs = since();
    const failure = new AbortController();
    const stop = signal === undefined ? failure.signal : AbortSignal.any([signal, failure.signal]);
    const built = await firstFailureWins(
      [...sources.values()].map((source) => runtime.build(source, { fresh: false, run, signal: stop })),
      failure,
    );
    const builtMs = since();
    const others = built.filter(({ unit, reference }) => this.#artifacts.get(unit)?.reference !== reference);
    const changedUnits = others.map(({ unit }) => unit);
    const all = inOrder(variant.topology, application, order);
    const units = strategy === 'blue-green' ? all : all.filter((unit) => (wanted ?? changedUnits).includes(unit));
    const made = new Map(built.filter(({ unit }) => units.includes(unit)).map((one) => [one.unit, one]));
    const artifacts = new Map([...this.#artifacts, ...made]);
    const check = own(application.changes ?? {}, changes.at(-1) ?? '')?.check;
    const watching = new AbortController();
    const seen = check === undefined ? null : this.#firstSeen(check, watching.signal);
    try {
      const replaced = units.length === 0 ? [] : await this.#replacer.replace({ units, strategy, artifacts, signal });
      this.#artifacts = artifacts;
      this.#live = changes;
      const replacedMs = since();
      const seenAtMs = await this.#inTime(seen, signal);
      return {
        ...{ changes: [...changes], strategy, order, modules: edit.modules, changedUnits, bundledMs, builtMs },
        addedBytes: others.filter(({ unit }) => units.includes(unit)).reduce((sum, one) => sum + one.addedBytes, 0),
        replaced: replaced.map((one) => shifted(one, builtMs)),
        replacedMs,
        seenMs: seenAtMs === null ? null : seenAtMs - fromMs,
      };
    } finally {
      watching.abort();
    }
  }

  /** When the check first holds, ms since the epoch; null once `ended` aborts. */
  async #firstSeen(check: ChangeCheck, ended: AbortSignal): Promise<number | null> {
    const { clock } = this.#options.laboratory;
    while (!ended.aborted) {
      const atMs = await this.#holds(check);
      if (atMs !== null) return atMs;
      await clock.delay(everyMs, ended).catch(() => undefined);
    }
    return null;
  }

  /** When the answer that shows the change was there, ms since the epoch; null where none does. */
  async #holds({ at, steps }: ChangeCheck): Promise<number | null> {
    const { application, variant } = this.#options;
    const unit = unitOf(variant.topology, at ?? application.entry).name;
    const instance = this.#fleet.serving(unit)[0];
    if (instance === undefined) return null;
    const uuid = randomUUID();
    let atMs: number | null = null;
    for (const step of steps) {
      const answer = await this.#ask(`${instance.running.serviceUrl}${filled(step.path, uuid)}`, step, uuid);
      if (answer === null) return null;
      if (!isAsExpected(answer, step.expect)) return null;
      atMs = answer.endedAtMs;
    }
    return atMs;
  }

  async #ask(url: string, { method, body }: ChangeAsk, uuid: string) {
    const text = body === undefined ? null : filled(JSON.stringify(body), uuid);
    try {
      return await this.#surroundings.agent.request({
        ...{ method, url, body: text, timeoutMs: patienceMs },
        headers: text === null ? {} : { 'content-type': 'application/json' },
      });
    } catch {
      return null;
    }
  }

  async #inTime(seen: Promise<number | null> | null, signal: AbortSignal | undefined): Promise<number | null> {
    if (seen === null) return null;
    const { clock } = this.#options.laboratory;
    const ended = new AbortController();
    const stop = signal === undefined ? ended.signal : AbortSignal.any([ended.signal, signal]);
    const late = clock.delay(invisibleMs, stop).then(
      () => 'late' as const,
      () => 'late' as const,
    );
    const first = await Promise.race([seen, late]);
    ended.abort();
    signal?.throwIfAborted();
    if (first === 'late')
      throw new DeployError(
        `the release is there and ${invisibleMs / 1000} s later no answer shows it: the change's check does not hold`,
      );
    return first;
  }
}

function isAsExpected({ status, body }: { status: number; body: string }, wanted: ChangeAsk['expect']): boolean {
  if (status !== wanted.status) return false;
  if (wanted.text !== undefined && !body.includes(wanted.text)) return false;
  return wanted.lacks === undefined || !body.includes(wanted.lacks);
}

const filled = (text: string, uuid: string): string => text.replaceAll('${uuid}', uuid);

/** Units such that each comes behind those that it calls, or the other way round; where units call each other in a circle, in that of the topology. */
export function inOrder(topology: Topology, application: Application, order: ReleaseOrder): string[] {
  const done: string[] = [];
  const begun = new Set<string>();
  const visit = (unit: string): void => {
    if (begun.has(unit)) return;
    begun.add(unit);
    const modules = topology.units.find(({ name }) => name === unit)?.modules ?? [];
    for (const module of modules)
      for (const { module: used } of own(application.modules, module)?.uses ?? []) visit(unitOf(topology, used).name);
    done.push(unit);
  };
  for (const { name } of topology.units) visit(name);
  return order === 'providers-first' ? done : done.toReversed();
}

/** Times of a replacement, counted from before it. */
function shifted(one: ReplacedInstance, byMs: number): ReplacedInstance {
  return {
    ...one,
    createStartMs: one.createStartMs + byMs,
    createdMs: one.createdMs + byMs,
    startedMs: one.startedMs + byMs,
    readyMs: one.readyMs + byMs,
    switchedMs: one.switchedMs + byMs,
    drainedMs: one.drainedMs === null ? null : one.drainedMs + byMs,
    removedMs: one.removedMs + byMs,
  };
}
