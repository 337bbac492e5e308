import type { Clock } from '../../clock/index.ts';
import type { RuntimeKind } from '../../model/index.ts';
import type {
  Artifact,
  RunIdentity,
  Runtime,
  RuntimeCapabilities,
  Site,
  SiteOptions,
  SweepOptions,
  UnitSource,
} from '../types.ts';
import { FakeSite, type FakeSiteSurroundings } from './fake-site.ts';
import { FAKE_TIMES } from './fake-unit.ts';
import { Calls, type Script } from './script.ts';

export interface FakeRuntimeOptions extends Pick<
  FakeSiteSurroundings,
  'clock' | 'makeProgram' | 'makeCompanion' | 'facts'
> {
  kind?: RuntimeKind;
  capabilities?: Partial<RuntimeCapabilities>;
  cpus?: number[];
  memoryBytes?: number;
  /** How far the engine's clock is ahead of the laboratory's, ms. */
  engineOffsetMs?: number;
  /** How far it has jumped by now, ms, as when somebody sets it. */
  engineJumpMs?: () => number;
  /** Plays at every call; a test makes it fail or wait. */
  script?: Script;
}

const IMAGE_BYTES = 130_000_000;
const DATABASE_BYTES = 80_000_000;

/** An engine made of nothing but memory and a clock: for trying everything above a runtime without one. */
export class FakeRuntime implements Runtime {
  readonly kind: RuntimeKind;
  readonly capabilities: RuntimeCapabilities;
  readonly target = { os: 'linux', architecture: 'x64' } as const;
  readonly calls: Calls;
  readonly #clock: Clock;
  readonly #options: FakeRuntimeOptions;
  readonly #sites = new Set<FakeSite>();
  readonly #built = new Set<string>();
  #closed = false;

  constructor(options: FakeRuntimeOptions) {
    this.#options = options;
    this.#clock = options.clock;
    this.kind = options.kind ?? 'docker';
    this.calls = new Calls(options.script ?? (() => undefined));
    this.capabilities = {
      cpuPinning: true,
      memoryLimit: true,
      pause: true,
      cpuQuota: true,
      partition: true,
      networkCounters: true,
      ...options.capabilities,
    };
  }

  /** What was made and not removed, by name; empty when all is clean. */
  get left(): string[] {
    return [...this.#sites].flatMap((site) => ['site', ...site.left]);
  }

  /** Takes everything of its sites away, as another program would. */
  steal(): void {
    for (const site of this.#sites) site.steal();
  }

  get closed(): boolean {
    return this.#closed;
  }

  async inspect(signal?: AbortSignal) {
    await this.calls.play('inspect', { signal });
    return {
      engine: { name: 'Fake', version: '1.0.0', apiVersion: '1.41', storageDriver: null, operatingSystem: 'none' },
      baseImage: { reference: 'base', digest: 'sha256:base', origin: 'fake', nodeVersion: 'v24.0.0' },
    };
  }

  async nowMs(signal?: AbortSignal): Promise<number> {
    await this.calls.play('time', { signal });
    return this.#nowMs();
  }

  async resources(signal?: AbortSignal) {
    await this.calls.play('resources', { signal });
    return { cpus: this.#options.cpus ?? [0, 1, 2, 3], memoryBytes: this.#options.memoryBytes ?? 8 * 2 ** 30 };
  }

  async build(
    source: UnitSource,
    options: { fresh: boolean; run: RunIdentity; signal?: AbortSignal },
  ): Promise<Artifact> {
    const unit = source.unit.name;
    await this.calls.play('build', { unit, signal: options.signal });
    const warm = !options.fresh && this.#built.has(source.hash);
    const buildMs = warm ? 1 : FAKE_TIMES.buildMs;
    // Told, not waited for.
    this.#built.add(source.hash);
    const addedBytes = Object.values(source.files).reduce((sum, file) => sum + file.byteLength, 0);
    return {
      unit,
      reference: `fake:${source.hash}`,
      totalBytes: IMAGE_BYTES + addedBytes,
      addedBytes,
      buildMs,
      kind: warm ? 'warm' : 'cold',
    };
  }

  async buildDatabase({ signal }: { run: RunIdentity; signal?: AbortSignal }): Promise<Artifact> {
    await this.calls.play('build-database', { signal });
    return {
      ...{ unit: 'database', reference: 'fake:database', kind: 'warm', buildMs: 1 },
      ...{ totalBytes: IMAGE_BYTES, addedBytes: DATABASE_BYTES },
    };
  }

  async openSite(options: SiteOptions): Promise<Site> {
    await this.calls.play('open-site', { signal: options.signal });
    await this.#clock.delay(FAKE_TIMES.siteMs, options.signal);
    const { clock, makeProgram, makeCompanion } = this.#options;
    const site = new FakeSite(options, {
      clock,
      engineNowMs: this.#nowMs,
      calls: this.calls,
      makeProgram,
      makeCompanion,
      facts: this.#options.facts,
      onClosed: (closed) => this.#sites.delete(closed),
    });
    this.#sites.add(site);
    return site;
  }

  async measureFloor(_run: RunIdentity, signal?: AbortSignal): Promise<number> {
    await this.calls.play('measure-floor', { signal });
    const floorMs = FAKE_TIMES.createMs + FAKE_TIMES.startMs;
    await this.#clock.delay(floorMs, signal);
    return floorMs;
  }

  readonly #nowMs = (): number =>
    this.#clock.nowMs() + (this.#options.engineOffsetMs ?? 0) + (this.#options.engineJumpMs?.() ?? 0);

  async sweep({ signal }: SweepOptions = {}) {
    await this.calls.play('sweep', { signal });
    return { removed: [], kept: this.left, unknown: [], failed: [] };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    await this.calls.play('close');
    this.#closed = true;
    await Promise.all([...this.#sites].map((site) => site.close()));
  }
}
