import { randomUUID } from 'node:crypto';
import {
  own,
  unitOf,
  type Application,
  type ChangeAsk,
  type ChangeCheck,
  type ReplacedInstance,
  type ReleaseOrder,
  type ReplacementStrategy,
  type Topology,
} from '../model/index.ts';
import type { Artifact } from '../runtime/index.ts';
import type { BundledUnit } from './bundle.ts';
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

export const releaseOrders: readonly ReleaseOrder[] = ['providers-first', 'callers-first'];

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

/** What is live: the changes, and what each unit was made of. */
interface Live {
  changes: readonly string[];
  artifacts: ReadonlyMap<string, Artifact>;
  /** Of the program of each unit. */
  hashes: ReadonlyMap<string, string>;
}

/** Releases changes to a running deployment, and takes them back. */
export class Releaser {
  readonly #options: DeployOptions;
  readonly #surroundings: Surroundings;
  readonly #fleet: Fleet;
  readonly #replacer: Replacer;
  /** The units as they were first deployed; bundled once, when a release first asks what they are made of. */
  #first: Promise<ReadonlyMap<string, BundledUnit>> | null = null;
  /** From the first deployment to what is live now. */
  #history: Live[];

  constructor(options: DeployOptions, surroundings: Surroundings, fleet: Fleet, replacer: Replacer) {
    this.#options = options;
    this.#surroundings = surroundings;
    this.#fleet = fleet;
    this.#replacer = replacer;
    this.#history = [{ changes: [], artifacts: options.artifacts, hashes: new Map() }];
  }

  get #live(): Live {
    return this.#history.at(-1) ?? { changes: [], artifacts: this.#options.artifacts, hashes: new Map() };
  }

  /** What the units that serve are made of now. */
  get artifacts(): ReadonlyMap<string, Artifact> {
    return this.#live.artifacts;
  }

  /** The changes that are live. */
  get changes(): readonly string[] {
    return this.#live.changes;
  }

  /**
   * Edits, bundles and builds what the changes touch, anew each time as after a real edit, replaces those units, and watches for the first answer that shows it. Throws ChangeError,
   * BundleError, EngineError or DeployError, or the signal's reason; what a failed replacement leaves serving `Replacer.replace` says.
   */
  async release(options: ReleaseOptions): Promise<ReleaseMeasurement> {
    const { changes, strategy, order = 'providers-first', units: wanted, signal } = options;
    const { laboratory, runtime, application, variant, run } = this.#options;
    const before = await this.#bundledFirst();
    const { nowMs } = this.#surroundings;
    const fromMs = nowMs();
    const since = (): number => nowMs() - fromMs;
    const edit = await laboratory.edit(application, changes);
    const touched = [...before.values()].filter(({ sources }) => sources.some((file) => edit.files.has(file)));
    const bundled = await laboratory.bundle(
      application,
      touched.map(({ unit }) => unit),
      edit,
    );
    signal?.throwIfAborted();
    const bundledMs = since();
    const hashes = new Map([...before].map(([name, { hash }]) => [name, bundled.get(name)?.hash ?? hash]));
    const changedUnits = [...hashes].flatMap(([name, hash]) => (this.#live.hashes.get(name) === hash ? [] : [name]));
    const all = inOrder(variant.topology, application, order);
    const units = strategy === 'blue-green' ? all : all.filter((unit) => (wanted ?? changedUnits).includes(unit));
    const failure = new AbortController();
    const stop = signal === undefined ? failure.signal : AbortSignal.any([signal, failure.signal]);
    // What is as it was first is made of what it was made of first.
    const toBuild = units.flatMap((unit) =>
      hashes.get(unit) === before.get(unit)?.hash ? [] : (bundled.get(unit) ?? []),
    );
    const built = await firstFailureWins(
      toBuild.map((source) => runtime.build(source, { fresh: true, run, signal: stop })),
      failure,
    );
    const builtMs = since();
    const made = new Map(units.map((unit) => [unit, this.#options.artifacts.get(unit)] as const));
    for (const artifact of built) made.set(artifact.unit, artifact);
    const artifacts = new Map(this.#live.artifacts);
    for (const [unit, artifact] of made) if (artifact !== undefined) artifacts.set(unit, artifact);
    const nowMade = new Map(
      [...this.#live.hashes].map(([unit, hash]) => [unit, units.includes(unit) ? (hashes.get(unit) ?? hash) : hash]),
    );
    const next: Live = { changes, artifacts, hashes: nowMade };
    const marks = await this.#goLive(next, { units, strategy, signal }, fromMs);
    return {
      ...{ changes: [...changes], strategy, order, modules: edit.modules, changedUnits, bundledMs, builtMs },
      addedBytes: built.reduce((sum, one) => sum + one.addedBytes, 0),
      ...marks,
      replaced: marks.replaced.map((one) => shifted(one, builtMs)),
    };
  }

  /**
   * Puts back what was live before the last release, from what was kept of it: nothing is bundled or built. Throws DeployError where nothing was released, and as `release` does.
   */
  async takeBack({
    strategy,
    order = 'callers-first',
    signal,
  }: Omit<ReleaseOptions, 'changes' | 'units'>): Promise<ReleaseMeasurement> {
    const { application, variant } = this.#options;
    const last = this.#live;
    const before = this.#history.at(-2);
    if (before === undefined) throw new DeployError('nothing was released that could be taken back');
    await this.#bundledFirst();
    const changedUnits = [...last.artifacts.keys()].filter(
      (unit) => last.artifacts.get(unit) !== before.artifacts.get(unit),
    );
    const all = inOrder(variant.topology, application, order);
    const units = strategy === 'blue-green' ? all : all.filter((unit) => changedUnits.includes(unit));
    const fromMs = this.#surroundings.nowMs();
    const marks = await this.#goLive(before, { units, strategy, signal }, fromMs, { isBack: true });
    return {
      ...{ changes: [...before.changes], strategy, order, modules: [], changedUnits },
      ...{ bundledMs: 0, builtMs: 0, addedBytes: 0, ...marks },
    };
  }

  async #goLive(
    next: Live,
    { units, strategy, signal }: { units: readonly string[]; strategy: ReplacementStrategy; signal?: AbortSignal },
    fromMs: number,
    { isBack = false } = {},
  ): Promise<Pick<ReleaseMeasurement, 'replaced' | 'replacedMs' | 'seenMs'>> {
    const { application } = this.#options;
    const check = isBack ? undefined : own(application.changes ?? {}, next.changes.at(-1) ?? '')?.check;
    const watching = new AbortController();
    const seen = check === undefined ? null : this.#firstSeen(check, watching.signal);
    try {
      const replaced =
        units.length === 0 ? [] : await this.#replacer.replace({ units, strategy, artifacts: next.artifacts, signal });
      if (isBack) this.#history.pop();
      else this.#history.push(next);
      const replacedMs = this.#surroundings.nowMs() - fromMs;
      const seenAtMs = await this.#inTime(seen, signal);
      return { replaced, replacedMs, seenMs: seenAtMs === null ? null : seenAtMs - fromMs };
    } finally {
      watching.abort();
    }
  }

  /** What the units were first made of. Their hashes are those of the programs that were deployed: nothing has been released until it is first asked. */
  async #bundledFirst(): Promise<ReadonlyMap<string, BundledUnit>> {
    const { laboratory, application, variant } = this.#options;
    this.#first ??= laboratory.bundle(application, variant.topology.units);
    const first = await this.#first;
    const [deployed] = this.#history;
    if (deployed !== undefined && deployed.hashes.size === 0)
      this.#history[0] = { ...deployed, hashes: new Map([...first].map(([name, { hash }]) => [name, hash])) };
    return first;
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
