import { randomUUID } from 'node:crypto';
import {
  own,
  unitOf,
  type ChangeAsk,
  type ChangeCheck,
  type ReplacedInstance,
  type ReleaseOrder,
  type ReplacementStrategy,
} from '../model/index.ts';
import type { Artifact } from '../runtime/index.ts';
import { programsIn } from './artifacts.ts';
import type { BundledUnit } from './bundle.ts';
import { DeployError } from './deploy-error.ts';
import type { DeployOptions } from './deployment.ts';
import { modulesBetween, noEdit, type Edit } from './edit.ts';
import { filled, isAsExpected } from './expected-answer.ts';
import { firstFailureWins } from './first-failure.ts';
import type { Fleet } from './fleet.ts';
import { whyInNoUnit } from './in-no-unit.ts';
import { programsAfter } from './programs.ts';
import { inOrder } from './release-order.ts';
import type { Replacer } from './replace.ts';
import type { Surroundings } from './start-instance.ts';

/** How often it is looked whether a release is live, ms. */
const everyMs = 25;
/** One look at most, ms. */
const patienceMs = 2000;
/** How long a release may be invisible after everything was replaced, ms. */
const invisibleMs = 10_000;
/** The same where units that should have it were left as they were: it may never be seen. */
const partlyInvisibleMs = 500;

export interface ReleaseOptions {
  /** The changes that are live afterwards, each after those it builds on; none is the source as it is. */
  changes: readonly string[];
  strategy: ReplacementStrategy;
  /** Whether a unit is replaced before those that call it (what is new is there before anybody asks for it) or after them (nobody asks any more for what goes). */
  order?: ReleaseOrder;
  /** Units to release; absent: every one whose program is another. With `blue-green` the others are started once more as they are. */
  units?: readonly string[];
  /** Takes programs that were built before as they are, where what they take to build is not what is measured. */
  isBuiltBefore?: boolean;
  signal?: AbortSignal;
  /** Hears what it gets into, before anything is built: that is known also of one that then fails. */
  onReach?: (reach: Pick<ReleaseMeasurement, 'modules' | 'changedUnits'>) => void;
  /** Hears how far it has got. */
  onStage?: (stage: ReleaseStage) => void;
}

/** How far a release has got: what is done now, and with which units. */
export type ReleaseStage =
  | { stage: 'building' | 'replacing'; units: readonly string[] }
  /** Everything is replaced, and no answer has shown it yet. */
  | { stage: 'looking' };

/** What one release took, ms since it began: since the edit was there. */
export interface ReleaseMeasurement {
  changes: string[];
  strategy: ReplacementStrategy;
  order: ReleaseOrder;
  /** Modules whose own files are not as they were in what was live. */
  modules: string[];
  /** Units whose program became another, replaced or not. */
  changedUnits: string[];
  /** Those of them that were left as they were. */
  leftUnits: string[];
  bundledMs: number;
  /** Images are there. */
  builtMs: number;
  /** What they add over the base image, bytes, all together. */
  addedBytes: number;
  replaced: ReplacedInstance[];
  /** Every unit is replaced, old ones removed. */
  replacedMs: number;
  /** The first answer that shows the new behaviour; null where the last change cannot be seen from outside, was live before, or is not seen
   * because units that should have it were left as they are. */
  seenMs: number | null;
}

/** What is live: the changes, their edit, and what each unit was made of. */
interface Live {
  changes: readonly string[];
  edit: Edit;
  artifacts: ReadonlyMap<string, Artifact>;
}

/** Releases changes to a running deployment, and takes them back. */
export class Releaser {
  readonly #options: DeployOptions;
  readonly #surroundings: Surroundings;
  readonly #fleet: Fleet;
  readonly #replacer: Replacer;
  /** The units as they were first deployed: what they were built of, or, where nobody kept that, bundled once, when a release first asks what they are made of. */
  #first: Promise<ReadonlyMap<string, BundledUnit>> | null = null;
  /** Of the program in each artifact there ever was, by its reference. */
  readonly #hashes = new Map<string, string>();
  /** What was built last of each program, by its unit and hash. */
  readonly #built = new Map<string, Artifact>();
  /** What a unit was made of last, for one of which nothing serves. */
  readonly #lastMade: Map<string, Artifact>;
  /** From the first deployment to what is live now. */
  readonly #history: [Live, ...Live[]];

  constructor(options: DeployOptions, surroundings: Surroundings, fleet: Fleet, replacer: Replacer) {
    this.#options = options;
    this.#surroundings = surroundings;
    this.#fleet = fleet;
    this.#replacer = replacer;
    this.#lastMade = new Map(options.artifacts);
    // Sources may have been edited since, and to bundle all units takes time that is of no release.
    const programs = programsIn(options.artifacts);
    if (programs !== undefined) this.#first = Promise.resolve(programs);
    this.#history = [{ changes: [], edit: noEdit, artifacts: options.artifacts }];
  }

  get #live(): Live {
    return this.#history.at(-1) ?? this.#history[0];
  }

  /** What the units that serve are made of now, also where a release ended half-way. */
  get artifacts(): ReadonlyMap<string, Artifact> {
    for (const { name } of this.#options.variant.topology.units) {
      const [first] = this.#fleet.serving(name);
      if (first !== undefined) this.#lastMade.set(name, first.artifact);
    }
    return this.#lastMade;
  }

  /** The changes that are live. */
  get changes(): readonly string[] {
    return this.#live.changes;
  }

  /** Whether they serve in every instance of every unit; not where a release failed half-way. */
  get isWhole(): boolean {
    return this.#othersThan(this.#live).length === 0;
  }

  /**
   * Edits, bundles and builds what the changes touch, anew each time as after a real edit, replaces those units, and watches for the first answer that shows it. Throws ChangeError,
   * BundleError, EngineError or DeployError, or the signal's reason; what a failed replacement leaves serving `Replacer.replace` says. A change that should be seen and gets into no
   * unit is refused before anything is replaced.
   */
  release(options: ReleaseOptions): Promise<ReleaseMeasurement> {
    return this.#replacer.alone((replace) => this.#release(options, replace));
  }

  /**
   * Puts back what was live before the last release, or, where the last one failed half-way, before that; from what was kept of it: nothing is bundled or built. Throws DeployError
   * where nothing was released, and as `release` does.
   */
  takeBack(options: Omit<ReleaseOptions, 'changes' | 'units'>): Promise<ReleaseMeasurement> {
    return this.#replacer.alone((replace) => this.#takeBack(options, replace));
  }

  async #release(
    {
      changes,
      strategy,
      order = 'providers-first',
      units: wanted,
      isBuiltBefore = false,
      signal,
      onReach,
      onStage,
    }: ReleaseOptions,
    replace: Replacer['replace'],
  ): Promise<ReleaseMeasurement> {
    const { laboratory, application, variant } = this.#options;
    const first = await this.#bundledFirst();
    const { nowMs } = this.#surroundings;
    const fromMs = nowMs();
    const since = (): number => nowMs() - fromMs;
    const check = own(application.changes ?? {}, changes.at(-1) ?? '')?.check;
    // What holds already, as where a later change is taken back, shows nothing.
    const held = check === undefined ? null : this.#holds(check);
    const edit = await laboratory.edit(application, changes);
    const { target } = this.#options.runtime;
    const sources = await programsAfter(laboratory, application, first, edit, { target, signal });
    signal?.throwIfAborted();
    const bundledMs = since();
    const changedUnits = [...sources].filter(([unit, { hash }]) => !this.#isOf(unit, hash)).map(([unit]) => unit);
    const isReleased = (unit: string): boolean => (wanted ?? changedUnits).includes(unit);
    if (changedUnits.length > 0 && !changedUnits.some(isReleased))
      throw new DeployError(
        `of ${wanted?.join(', ')} nothing becomes another program by this release; it gets into ${changedUnits.join(', ')}`,
      );
    const modules = modulesBetween(this.#live.edit, edit);
    // What is live already is in no other program either, and is looked for as ever.
    const isNew = !this.#live.changes.includes(changes.at(-1) ?? '');
    if (changedUnits.length === 0 && check !== undefined && isNew && (await held) === null)
      throw new DeployError(
        `"${changes.at(-1)}" gets into no unit of this cut, and nothing was replaced: ${whyInNoUnit(variant.topology, modules)}`,
      );
    const leftUnits = changedUnits.filter((unit) => !isReleased(unit));
    onReach?.({ modules, changedUnits });
    onStage?.({ stage: 'building', units: changedUnits.filter(isReleased) });
    const { built, artifacts } = await this.#made(
      changedUnits.filter(isReleased).flatMap((unit) => sources.get(unit) ?? []),
      isBuiltBefore,
      signal,
    );
    const builtMs = since();
    const all = inOrder(variant.topology, application, order);
    // With blue-green the others are started once more as they are.
    const units = strategy === 'blue-green' ? all : all.filter(isReleased);
    const isHeld = (await held) !== null;
    onStage?.({ stage: 'replacing', units });
    const watching = new AbortController();
    const seen = check === undefined || isHeld ? null : this.#firstSeen(check, watching.signal);
    try {
      const replaced = units.length === 0 ? [] : await replace({ units, strategy, artifacts, signal });
      this.#history.push({ changes, edit, artifacts });
      const replacedMs = since();
      if (seen !== null) onStage?.({ stage: 'looking' });
      const seenAtMs = await this.#inTime(seen, leftUnits.length === 0, signal);
      return {
        ...{ changes: [...changes], strategy, order, modules, changedUnits, leftUnits, bundledMs, builtMs },
        addedBytes: built.reduce((sum, one) => sum + one.addedBytes, 0),
        replaced: replaced.map((one) => shifted(one, builtMs)),
        replacedMs,
        seenMs: seenAtMs === null ? null : seenAtMs - fromMs,
      };
    } finally {
      watching.abort();
    }
  }

  async #takeBack(
    { strategy, order = 'callers-first', signal, onStage }: Omit<ReleaseOptions, 'changes' | 'units'>,
    replace: Replacer['replace'],
  ): Promise<ReleaseMeasurement> {
    const { application, variant } = this.#options;
    const last = this.#live;
    const { isWhole } = this;
    const before = isWhole ? this.#history.at(-2) : last;
    if (before === undefined) throw new DeployError('nothing was released that could be taken back');
    const { nowMs } = this.#surroundings;
    const fromMs = nowMs();
    const changedUnits = this.#othersThan(before);
    const all = inOrder(variant.topology, application, order);
    const units = strategy === 'blue-green' ? all : all.filter((unit) => changedUnits.includes(unit));
    const { artifacts } = before;
    onStage?.({ stage: 'replacing', units });
    const replaced = units.length === 0 ? [] : await replace({ units, strategy, artifacts, signal });
    if (isWhole) this.#history.pop();
    return {
      ...{ changes: [...before.changes], strategy, order, modules: modulesBetween(last.edit, before.edit) },
      ...{ changedUnits, leftUnits: [], bundledMs: 0, builtMs: 0, addedBytes: 0 },
      ...{ replaced, replacedMs: nowMs() - fromMs, seenMs: null },
    };
  }

  /** Builds programs anew, except those that units were first made of; with all other units as they are. */
  async #made(
    sources: readonly BundledUnit[],
    isBuiltBefore: boolean,
    signal: AbortSignal | undefined,
  ): Promise<{ built: Artifact[]; artifacts: ReadonlyMap<string, Artifact> }> {
    const { runtime, run, artifacts: firstMade } = this.#options;
    const failure = new AbortController();
    const stop = signal === undefined ? failure.signal : AbortSignal.any([signal, failure.signal]);
    const first = await this.#bundledFirst();
    const isFirst = ({ unit, hash }: BundledUnit): boolean => first.get(unit.name)?.hash === hash;
    const built = await firstFailureWins(
      sources
        .filter((source) => !isFirst(source))
        .map(async (source) => {
          const key = `${source.unit.name} ${source.hash}`;
          const known = isBuiltBefore ? this.#built.get(key) : undefined;
          const artifact = known ?? (await runtime.build(source, { fresh: true, run, signal: stop }));
          this.#built.set(key, artifact);
          this.#hashes.set(artifact.reference, source.hash);
          return artifact;
        }),
      failure,
    );
    const artifacts = new Map(this.artifacts);
    for (const source of sources) {
      const artifact = firstMade.get(source.unit.name);
      if (artifact !== undefined && isFirst(source)) artifacts.set(source.unit.name, artifact);
    }
    for (const artifact of built) artifacts.set(artifact.unit, artifact);
    return { built, artifacts };
  }

  /** What the units were first made of. */
  async #bundledFirst(): Promise<ReadonlyMap<string, BundledUnit>> {
    const { laboratory, application, variant, artifacts, runtime } = this.#options;
    this.#first ??= laboratory.bundle(application, variant.topology.units, { target: runtime.target });
    const first = await this.#first;
    for (const { unit, reference } of artifacts.values()) {
      const source = first.get(unit);
      if (source !== undefined) this.#hashes.set(reference, source.hash);
    }
    return first;
  }

  /** Whether the program with this hash serves, and no other, in every instance of a unit. */
  #isOf(unit: string, hash: string): boolean {
    return this.#serves(unit, ({ reference }) => this.#hashes.get(reference) === hash);
  }

  /** Units of which something else serves, or nothing. */
  #othersThan({ artifacts }: Live): string[] {
    return [...artifacts].flatMap(([unit, { reference }]) =>
      this.#serves(unit, (one) => one.reference === reference) ? [] : [unit],
    );
  }

  #serves(unit: string, isIt: (artifact: Artifact) => boolean): boolean {
    const serving = this.#fleet.serving(unit);
    return serving.length > 0 && serving.every(({ artifact }) => isIt(artifact));
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

  /** When it was seen; null where it cannot be, or `isWhole` is false and it is not. Throws DeployError where it should be seen and is not. */
  async #inTime(
    seen: Promise<number | null> | null,
    isWhole: boolean,
    signal: AbortSignal | undefined,
  ): Promise<number | null> {
    if (seen === null) return null;
    const { clock } = this.#options.laboratory;
    const ended = new AbortController();
    const stop = signal === undefined ? ended.signal : AbortSignal.any([ended.signal, signal]);
    const late = clock.delay(isWhole ? invisibleMs : partlyInvisibleMs, stop).then(
      () => 'late' as const,
      () => 'late' as const,
    );
    const first = await Promise.race([seen, late]);
    ended.abort();
    signal?.throwIfAborted();
    if (first === 'late' && !isWhole) return null;
    if (first === 'late')
      throw new DeployError(
        `the release is there and ${invisibleMs / 1000} s later no answer shows it: the change's check does not hold`,
      );
    return first;
  }
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
