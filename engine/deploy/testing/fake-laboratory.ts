import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { startFakeAgent, type Served } from '../../agent/testing/index.ts';
import { VirtualClock } from '../../clock/testing/index.ts';
import { FakeMachine } from '../../machine/testing/index.ts';
import {
  languageOf,
  type Application,
  type ContractDifference,
  type GeneratorHealth,
  type Language,
  type LoadPlan,
  type OfferedOperation,
  type RuntimeKind,
  type Step,
  type Unit,
} from '../../model/index.ts';
import type { RuntimeCapabilities, UnitFacts, UnitSource } from '../../runtime/index.ts';
import {
  FakeRuntime,
  type FakeAnswer,
  type FakeNetwork,
  type FakeProgramMaker,
  type FakeUnit,
  type Script,
  type Silence,
} from '../../runtime/testing/index.ts';
import { bundleDescription } from '../bundle.ts';
import { editSources, type Edit } from '../edit.ts';
import type { Laboratory } from '../laboratory.ts';
import { loadApplication } from '../manifest.ts';
import type { UnitConfiguration } from '../unit-configuration.ts';
import { shownBy, shownChanges } from './fake-checks.ts';
import { FakeUnitProgram, type AskedModule, type FakeStore, type Treatment } from './fake-program.ts';
import { FakeQueues } from './fake-queues.ts';

export interface FakeLaboratoryOptions {
  /** Folder for results, state and scratch; the caller removes it. */
  folder: string;
  /** Folders of a real laboratory in place of those in `folder`. */
  places?: Partial<Pick<Laboratory, 'applicationsDirectory' | 'dataDirectory' | 'stateDirectory' | 'workDirectory'>>;
  /** The application whose declared map says who needs whom; the smallest one if not given. */
  application?: string;
  clock?: VirtualClock;
  kind?: RuntimeKind;
  capabilities?: Partial<RuntimeCapabilities>;
  script?: Script;
  /** What of a unit the engine shows otherwise than was asked for. */
  facts?: (unit: string, running: object) => Partial<UnitFacts>;
  /** Fails the opening of a runtime. */
  openError?: Error;
  health?: (plan: LoadPlan) => Partial<GeneratorHealth>;
  /** What modules say of the data they were seeded with. */
  seedHash?: (module: string, configuration: UnitConfiguration) => string;
  /** What a module answers to a question, by the language that it is in; undefined: as ever. */
  answers?: (asked: AskedModule) => FakeAnswer | Silence | undefined;
  /** Whether a unit ever says that it is ready. */
  ready?: (unit: string) => boolean;
  /** Median response time of a request with nothing wrong, ms. */
  responseMs?: (endpoint: string, units: number) => number;
  /** CPU that one call of a module takes, ms: a unit that is held to a share of a CPU then works off so much of it in a second, and calls to it wait for their turn. Left out: who is limited at all is slow. */
  cpuMs?: (module: string) => number;
  /** Told of every request and load that an agent is asked for, as it is asked; the agent waits where this does. */
  onCommand?: (command: object) => void | Promise<void>;
  /** How far other clocks are ahead of the laboratory's, ms, and how much faster the agent's runs, parts of a million. */
  agentOffsetMs?: number;
  agentDriftPpm?: number;
  /** How far the agent's clock has jumped by now, ms. */
  agentJumpMs?: () => number;
  /** What is otherwise in the second document, by the texts that both were made of. */
  compare?: (before: object, after: object) => ContractDifference[];
  engineOffsetMs?: number;
  /** How far the engine's clock has jumped by now, ms. */
  engineJumpMs?: () => number;
  unitOffsetMs?: number;
}

export interface FakeLaboratory extends Laboratory {
  readonly clock: VirtualClock;
  readonly machine: FakeMachine;
  readonly application: Application;
  /** Every runtime that was opened, in order. */
  readonly runtimes: FakeRuntime[];
}

const STARVED = 20;
const BUNDLE_MS = 60;
const FAKE_MAIN = 'unit.mjs';

/** A laboratory without engine, network or passing time, on an application of three modules. */
export async function fakeLaboratory(options: FakeLaboratoryOptions): Promise<FakeLaboratory> {
  const applicationsDirectory = options.places?.applicationsDirectory ?? path.join(import.meta.dirname, 'applications');
  const application = await loadApplication(applicationsDirectory, options.application ?? 'pair');
  const { clock = new VirtualClock() } = options;
  const stores = new Map<string, FakeStore>();
  /** What bundles say, by hash: the pages of a unit show what it was built of. */
  const texts = new Map<string, string>();
  const languages = new Map<string, Language>();
  const runtimes: FakeRuntime[] = [];
  const shown = shownChanges(path.join(applicationsDirectory, application.name), application);
  /** What each instance was built of, by unit and number. */
  const programs = new Map<string, string>();
  const { seedHash = (module: string) => `seed-${module}`, ready = () => true } = options;
  const makeProgram: FakeProgramMaker = (start, host) => {
    const configuration = JSON.parse(start.environment['CLEAVE_UNIT'] ?? '{}') as UnitConfiguration;
    const store = stores.get(configuration.dataDirectory) ?? { orders: [] };
    stores.set(configuration.dataDirectory, store);
    const hash = (module: string) => seedHash(module, configuration);
    const reference = start.artifact.reference.replace('fake:', '');
    const page = texts.get(reference) ?? '';
    programs.set(`${configuration.unit} ${configuration.instance}`, page);
    return new FakeUnitProgram(configuration, {
      ...{ clock, host, store, seedHash: hash, ready: ready(configuration.unit) },
      ...{ page, language: languages.get(reference) ?? 'typescript', answers: options.answers },
      offsetMs: options.unitOffsetMs ?? 0,
    });
  };
  const makeCompanion = (network: FakeNetwork, units: () => readonly FakeUnit[]) => {
    let led: readonly string[] = [];
    const queues = new FakeQueues(clock);
    return startFakeAgent({
      clock,
      offsetMs: options.agentOffsetMs,
      driftPpm: options.agentDriftPpm,
      jumpMs: options.agentJumpMs,
      onCommand: (command) => {
        if (command.type === 'lead') led = command.urls;
        return options.onCommand?.(command);
      },
      ask: (url, request) => {
        const running = units().flatMap(({ name, instance, modules }) => {
          const text = programs.get(`${name} ${instance}`);
          return text === undefined ? [] : [{ modules, text }];
        });
        return shownBy(shown, running, new URL(url).pathname) ?? network.ask(url, request);
      },
      serve: (step, key, traceId) =>
        serve(
          application,
          { network, units: units(), queues, led, responseMs: options.responseMs, cpuMs: options.cpuMs },
          step,
          { key, traceId },
        ),
      health: options.health,
    });
  };
  const root = path.join(applicationsDirectory, application.name);
  /** Where a module has a folder of its own, all in it. */
  const sourcesOf = ({ modules }: Unit): string[] =>
    modules.flatMap((module) => {
      const file = path.join(root, application.modules[module]?.source ?? '');
      const folder = path.dirname(file);
      return folder === root
        ? [file]
        : readdirSync(folder).flatMap((name) => (/(?<!\.test)\.ts$/.test(name) ? [path.join(folder, name)] : []));
    });
  return {
    version: 'test',
    sourceCommit: null,
    applicationsDirectory,
    dataDirectory: path.join(options.folder, 'data'),
    stateDirectory: path.join(options.folder, 'state'),
    workDirectory: path.join(options.folder, 'work'),
    ...options.places,
    nodePath: process.execPath,
    agentProgram: async () => new Uint8Array(),
    bundleDescription: (described, unit, edit) => bundleDescription(applicationsDirectory, described, unit, edit),
    bundle: async ({ name }, units, { edit } = {}) => {
      // Nothing is bundled in no time at all.
      if (edit !== undefined) await clock.delay(BUNDLE_MS);
      const bundles = units.map((unit) => {
        const sources = sourcesOf(unit);
        return {
          ...fakeBundle(name, unit, edit),
          sources,
          folders: [],
          bytes: new Map(sources.map((file) => [file, 1000])),
        };
      });
      for (const { hash, files, language } of bundles) {
        texts.set(hash, new TextDecoder().decode(files[FAKE_MAIN]));
        languages.set(hash, language);
      }
      return new Map(bundles.map((bundle) => [bundle.unit.name, bundle]));
    },
    edit: (of, changes) => editSources(applicationsDirectory, of, changes),
    compare: async (before, after) => options.compare?.(before, after) ?? [],
    offers: async ({ modules }) =>
      new Map(
        Object.keys(modules).map((module) => [module, { operations: ['ask', 'tell'].map(invented), examples: 3 }]),
      ),
    clock,
    machine: new FakeMachine(),
    application,
    runtimes,
    openRuntime: async () => {
      if (options.openError !== undefined) throw options.openError;
      const { kind, capabilities, script, engineOffsetMs, engineJumpMs } = options;
      const runtime = new FakeRuntime({
        clock,
        kind,
        capabilities,
        script,
        engineOffsetMs,
        engineJumpMs,
        facts: options.facts,
        makeProgram,
        makeCompanion,
      });
      runtimes.push(runtime);
      return { runtime, reason: 'The fake runtime, for a test.' };
    },
  };
}

const invented = (name: string): OfferedOperation => ({
  ...{ name, summary: `Does ${name}`, repeat: 'safe' },
  input: [{ path: 'id', type: 'text', required: true }],
  output: [],
});

/** What nobody runs: the bundler takes longer over a real one than a run takes in virtual time. */
function fakeBundle(application: string, unit: Unit, edit?: Partial<Edit>): UnitSource {
  const edited = unit.modules.filter((module) => edit?.modules?.has(module));
  const texts = edited.length === 0 ? [] : [...(edit?.files?.values() ?? [])];
  const language = languageOf(unit);
  const title = `${application}: ${unit.modules.join(', ')}${language === 'typescript' ? '' : ` in ${language}`}`;
  const program = new TextEncoder().encode([title, ...texts].join('\n'));
  const hash = createHash('sha256').update(program).digest('hex').slice(0, 16);
  return { unit, application, language, files: { [FAKE_MAIN]: program }, hash };
}

/** Asks every module that the endpoint needs, by the declared map, and puts together what a client would see. */
function serve(
  application: Application,
  surroundings: {
    network: FakeNetwork;
    units: readonly FakeUnit[];
    queues: FakeQueues;
    responseMs: FakeLaboratoryOptions['responseMs'];
    cpuMs: FakeLaboratoryOptions['cpuMs'];
    /** Where the agent was led to; empty: to the first instance. */
    led: readonly string[];
  },
  step: Step,
  { key, traceId }: { key: string | null; traceId: string | null },
): Served {
  const { network, units, queues, led, cpuMs, responseMs = (_endpoint, count) => 1 + count } = surroundings;
  const nothing = { method: 'GET', headers: {}, body: null };
  const at = (urls: readonly string[]) =>
    queues.shortest(urls.flatMap((url) => units.filter(({ serviceUrl }) => serviceUrl === url)));
  const first = units.find(({ modules, instance }) => instance === 0 && modules.includes(application.entry));
  const entry = led.length === 0 ? first : at(led);
  /** The instance that the entry would call, by what it was told. */
  const hosting = (module: string): FakeUnit | undefined => {
    if (entry === undefined || entry.modules.includes(module)) return entry;
    const unit = units.find(({ modules }) => modules.includes(module));
    const told = unit === undefined ? 'refused' : network.ask(`${entry.serviceUrl}/urls/${unit.name}`, nothing);
    return typeof told === 'string' ? unit : at(told.body as string[]);
  };
  let ms = responseMs(step.endpoint, new Set(units.map(({ name }) => name)).size);
  for (const [module, need] of Object.entries(application.endpoints[step.endpoint]?.needs ?? {})) {
    const unit = hosting(module);
    const order = key !== null && application.modules[module]?.keeps.includes('orders') ? `?order=${key}` : '';
    const answer =
      unit === undefined
        ? 'refused'
        : network.ask(`${unit.serviceUrl}/${module}${order}`, { method: 'POST', headers: {}, body: null });
    if (unit === entry && typeof answer === 'string') return { outcome: answer, responseMs: 1 };
    const { outcome, addedMs } =
      typeof answer === 'string'
        ? { outcome: answer === 'timeout' ? ('timeout' as const) : ('status' as const), addedMs: 0 }
        : (answer.body as Treatment);
    ms += addedMs;
    if (unit !== undefined && unit.cpuLimit !== null)
      ms = cpuMs === undefined ? ms * STARVED : ms + queues.join(unit, cpuMs(module) / unit.cpuLimit);
    if (outcome === 'good') continue;
    if (need === 'required') {
      if (traceId !== null)
        tellFailure({ application, endpoint: step.endpoint, traceId, entry, unit }, module, outcome);
      return { outcome, responseMs: ms };
    }
    if (outcome === 'timeout') ms += 100;
  }
  return { outcome: 'good', responseMs: ms };
}

/** As the kit logs it: the callee that it could not, its caller whom it asked. */
function tellFailure(
  about: {
    application: Application;
    endpoint: string;
    traceId: string;
    entry: FakeUnit | undefined;
    unit: FakeUnit | undefined;
  },
  module: string,
  outcome: Treatment['outcome'],
): void {
  const { application, endpoint, traceId, entry, unit } = about;
  const { method = 'GET', route = '/' } = application.endpoints[endpoint] ?? {};
  const call = `"${application.entry}.${method} ${route}"`;
  if (outcome === 'status') unit?.say(`failed call=${module}.ask code=injected trace=${traceId} message=injected`);
  const code = outcome === 'timeout' ? 'deadline' : 'unavailable';
  entry?.say(`failed call=${call} code=${code} callee=${module}.ask trace=${traceId} message=failed`);
}
