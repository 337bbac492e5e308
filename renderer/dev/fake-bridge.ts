import {
  appSettingsSchema,
  requestSchemas,
  type AppSettings,
  type Bridge,
  type Campaign,
  type Envelope,
  type Experiment,
  type LabEvent,
  type RequestArguments,
  type RequestName,
  type RequestResults,
  type Topology,
} from '../../engine/model/index.ts';
import { scenariosFor } from '../shared/scenarios.ts';
import { makeEmitter } from './emitter.ts';
import { fakeAnswer, fakeApis, fakeDocument } from './fake-apis.ts';
import { fakeClaims } from './fake-claims.ts';
import { fakeEngine } from './fake-engine.ts';
import { makeFakeExplore } from './fake-explore.ts';
import { fakeResult, fakeSummaries } from './fake-results.ts';
import { scriptRun } from './fake-run.ts';
import { shop } from './shop.ts';
import type { Stage } from './stage.ts';

type Handlers = {
  [N in RequestName]: (...args: RequestArguments<N>) => RequestResults[N] | Promise<RequestResults[N]>;
};

/** A bridge with nothing behind it, for looking at pages: it remembers and plays, nothing runs. */
export function makeFakeBridge(stage: Stage): Bridge {
  const emitter = makeEmitter();
  const explore = makeFakeExplore(emitter);
  let engine = fakeEngine(stage.engine);
  let settings: AppSettings = appSettingsSchema.parse({ theme: stage.theme });
  let results = fakeSummaries(stage.results);
  let trash: typeof results = [];
  let saved: Topology[] = [];
  let campaign: Campaign | null = null;
  let experiments: Experiment[] = [];
  let run: { runId: string; past: LabEvent[]; ahead: LabEvent[]; active: boolean } | null = null;

  const applications = (): RequestResults['applications:list'] => [{ application: shop, savedTopologies: saved }];
  const startRun = (experiment: Experiment, done: number): string => {
    const runId = `run-${Date.now()}`;
    const whole = scriptRun(runId, experiment, 0);
    const span = whole.at(-1)?.atMs ?? 0;
    const nowMs = Date.now();
    const clock = (atMs: number): number => atMs / stage.speed + nowMs - (span * done) / stage.speed;
    const events = whole.map((event): LabEvent => {
      const atMs = clock(event.atMs);
      if (event.type !== 'load') return { ...event, atMs };
      return { ...event, atMs, slice: { ...event.slice, startMs: clock(event.slice.startMs) } };
    });
    const past = events.filter((event) => event.atMs <= nowMs);
    run = { runId, past, ahead: events.slice(past.length), active: true };
    return runId;
  };
  setInterval(() => {
    if (run === null || !run.active) return;
    const due = run.ahead.filter((event) => event.atMs <= Date.now());
    if (due.length === 0) return;
    run.ahead = run.ahead.slice(due.length);
    run.past.push(...due);
    if (due.at(-1)?.type === 'run-ended') run.active = false;
    emitter.emit('run:events', { runId: run.runId, events: due });
  }, 100);

  const find = (id: string) => {
    const summary = results.find((one) => one.id === id);
    if (summary === undefined) throw new Error(`There is no result "${id}".`);
    return summary;
  };
  const change = (id: string, next: Partial<(typeof results)[number]>) => {
    results = results.map((one) => (one.id === id ? { ...one, ...next } : one));
    return find(id);
  };

  const handlers: Handlers = {
    'app:info': () => ({
      version: '0.1.0',
      platform: 'linux',
      cpus: 8,
      memoryBytes: 16 * 2 ** 30,
      dataFolder: '~/.local/share/Cleave',
    }),
    'app:diagnostics': () =>
      'Cleave 0.1.0\nLinux 6.8, 8 CPUs, 16 GiB\nEngine: Docker 27.3.1 (overlay2, cgroup v2)\nRuntime: docker\nResults: 12, experiments: 2',
    'app:open-logs': () => undefined,
    'app:open-link': () => undefined,
    'engine:status': () => engine,
    'engine:check': () => (engine = fakeEngine(stage.engine)),
    'applications:list': applications,
    'topologies:save': (_application, topology) => {
      saved = [...saved.filter((one) => one.name !== topology.name), topology];
      return applications();
    },
    'topologies:delete': (_application, name) => {
      saved = saved.filter((one) => one.name !== name);
      return null;
    },
    'experiments:list': () => experiments,
    'experiments:save': (experiment) =>
      (experiments = [...experiments.filter((one) => one.name !== experiment.name), experiment]),
    'experiments:delete': (name) => {
      experiments = experiments.filter((one) => one.name !== name);
      return null;
    },
    'experiments:import': () => null,
    'experiments:export': (experiment) => `~/${experiment.name}.json`,
    'machine:look': () =>
      stage.loud
        ? {
            ...{ quiet: false, foreignCpuShare: 0.34 },
            reasons: ['other programs used 34 % of the processors (at most 5 %)'],
            loudest: [
              { name: 'backup', share: 0.22 },
              { name: 'chrome', share: 0.08 },
            ],
          }
        : { quiet: true, reasons: [], foreignCpuShare: 0.01, loudest: [] },
    'drafts:read': () => null,
    'drafts:write': () => undefined,
    'run:start': (experiment) => ({ runId: startRun(experiment, 0) }),
    'run:continue': () => {
      throw new Error('The stage has no plan to continue.');
    },
    'run:cancel': async () => {
      if (run === null) return;
      const { runId } = run;
      const say = (event: LabEvent): void => {
        run?.past.push(event);
        emitter.emit('run:events', { runId, events: [event] });
      };
      run.ahead = [];
      say({
        atMs: Date.now(),
        type: 'cancelling',
        text: 'Undoing 1 fault and removing 9 units. Finished rounds are kept.',
      });
      await new Promise((resolve) => setTimeout(resolve, 2500));
      run.active = false;
      say({
        atMs: Date.now(),
        type: 'run-ended',
        outcome: 'cancelled',
        resultId: 'result-4',
        text: 'Cancelled. Everything was undone and removed; finished rounds are in the history.',
      });
    },
    'run:snapshot': () => (run === null ? null : { runId: run.runId, active: run.active, events: run.past }),
    'explore:start': (_application, topology) => explore.start(topology),
    'explore:stop': () => explore.stop(),
    'explore:state': () => explore.state(),
    'explore:inject': (fault) => ({ id: explore.inject(fault) }),
    'explore:undo': (id) => explore.undo(id),
    'explore:replace': (unit, strategy) => explore.replace({ kind: 'replace', unit, strategy }),
    'explore:add-instance': (unit) => explore.replace({ kind: 'add', unit }),
    'explore:take-instance-back': (unit) => explore.replace({ kind: 'take-back', unit }),
    'explore:impact': (change) => explore.impact(change),
    'explore:release': (change, strategy) => explore.release(change, strategy),
    'explore:take-back': () => explore.takeBack(),
    'explore:cancel-release': () => explore.cancelRelease(),
    'explore:open': () => undefined,
    'explore:ask': (module, _operation, example, times) => fakeAnswer(explore.state(), module, example, times),
    'explore:document': (unit) => fakeDocument(explore.state(), unit),
    'apis:describe': () => fakeApis,
    'claims:judge': () => fakeClaims(results.length),
    'claims:export': (application, _runtime, reader) => `~/${application}-lessons-${reader}.md`,
    'campaign:start': (application, presets, runtime) =>
      (campaign = {
        ...{ application, runtime, left: [...presets], done: [], measured: null },
        ...{ state: 'running', because: null },
      }),
    'campaign:go-on': () => {
      if (campaign === null) throw new Error('There is nothing left to measure.');
      return (campaign = { ...campaign, state: 'running', because: null });
    },
    'campaign:drop': () => {
      campaign = null;
    },
    'campaign:state': () => campaign,
    'weights:get': () => null,
    'weights:set': () => undefined,
    'results:list': () => results,
    'results:get': (id) => fakeResult(find(id)),
    'results:rename': (id, title) => change(id, { title }),
    'results:tag': (id, tags) => change(id, { tags }),
    'results:note': (id, notes) => change(id, { notes }),
    'trash:list': () =>
      trash.map(({ id, title, variants }) => ({
        ...{ kind: 'result', id, title, about: variants.join(' · '), atMs: Date.now() },
      })),
    'trash:empty': () => {
      const { length } = trash;
      trash = [];
      return length;
    },
    'results:trash': (id) => {
      trash = [...trash, find(id)];
      results = results.filter((one) => one.id !== id);
    },
    'trash:restore': (_kind, id) => {
      const back = trash.find((one) => one.id === id);
      if (back === undefined) throw new Error(`The trash has no result "${id}".`);
      results = [...results, back];
      trash = trash.filter((one) => one !== back);
    },
    'results:import': () => null,
    'results:export': (id, format) => `~/${id}.${format}`,
    'chart:export': (name) => `~/${name}.png`,
    'settings:get': () => settings,
    'settings:set': (next) => {
      settings = next;
      emitter.emit('settings:changed', settings);
      return settings;
    },
    'settings:choose-folder': () => '/srv/cleave',
  };

  if (stage.run !== null) startRun(busiest(), stage.run);
  if (stage.explore)
    explore.start({
      name: 'microservices',
      units: Object.keys(shop.modules).map((name) => ({ name, modules: [name] })),
    });

  return {
    async request(name, ...args) {
      await new Promise((resolve) => setTimeout(resolve, 15));
      const refused = (message: string): Envelope<never> => ({
        ok: false,
        error: { code: 'refused', message, nextStep: 'Try it again.' },
      });
      if (stage.failing.includes(name)) return refused('The disk cannot be read.');
      const parsed = requestSchemas[name].safeParse(args);
      if (!parsed.success)
        return refused(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
      try {
        return { ok: true, value: await handlers[name](...args) };
      } catch (error) {
        return refused(error instanceof Error ? error.message : String(error));
      }
    },
    on: (name, listener) => emitter.on(name, listener),
  };
}

/** The scenario with the most to see while it runs. */
function busiest(): Experiment {
  const scenarios = scenariosFor(shop);
  const found =
    scenarios.find(
      (scenario) => (scenario.experiment.probes.isolation?.faults.length ?? 0) > 0 && scenario.experiment.blocks > 1,
    ) ?? scenarios[0];
  if (found === undefined) throw new Error('there is no scenario');
  return found.experiment;
}
