import type { Laboratory } from '../../engine/deploy/index.ts';
import type { Experiment, Result } from '../../engine/model/index.ts';
import { kindOfFile } from '../../engine/storage/index.ts';
import { Problem, type HostConfiguration, type HostMessage } from '../host-protocol/index.ts';
import { openApplications } from './applications.ts';
import type { HostHandlers } from './dispatch.ts';
import { watchEngine, type EngineWatch } from './engine-watch.ts';
import { openExperiments } from './experiments.ts';
import { openLateExplorer } from './explore/late-explorer.ts';
import { laboratoryOf, sweepLeftovers } from './laboratory.ts';
import { lookAtMachine } from './machine-now.ts';
import { openResults } from './results.ts';
import { openRuns } from './runs.ts';
import { openTrash } from './trash.ts';

const engineIntervalMs = 3000;
const firstLookDelayMs = 400;
const sweepDelayMs = 3000;

/** Puts the laboratory together; `post` tells main what happens. `laboratoryFor` is another one's for tests. */
export function createHost(
  post: (message: HostMessage) => void,
  laboratoryFor: (configuration: HostConfiguration) => Laboratory | Promise<Laboratory> = laboratoryOf,
): HostHandlers {
  let configured: HostConfiguration | null = null;
  let watch: EngineWatch | null = null;
  const configuration = (): HostConfiguration => {
    if (configured === null)
      throw new Problem('starting', 'The engine part of Cleave is still starting.', 'Try again in a moment.');
    return configured;
  };
  const engine = (): EngineWatch => {
    if (watch === null)
      throw new Problem('starting', 'The engine part of Cleave is still starting.', 'Try again in a moment.');
    return watch;
  };
  const dataDirectory = () => configuration().dataDirectory;

  const changed = (name: 'results:changed' | 'applications:changed' | 'experiments:changed') => () =>
    post({ type: 'event', name, payload: null });
  const resultsChanged = changed('results:changed');
  const applications = openApplications(configuration, changed('applications:changed'));
  const experiments = openExperiments(dataDirectory, changed('experiments:changed'));
  const trash = openTrash(dataDirectory, {
    ...{ result: resultsChanged, experiment: changed('experiments:changed'), cut: changed('applications:changed') },
  });
  const results = openResults(dataDirectory, resultsChanged, (id, problem) =>
    post({ type: 'log', level: 'warning', text: `the stored result ${id} cannot be read: ${problem}` }),
  );
  const runs = openRuns({
    onEvent: (runId, event) => post({ type: 'event', name: 'run:event', payload: { runId, event } }),
    onStored: resultsChanged,
  });
  const explorer = openLateExplorer((state) => post({ type: 'event', name: 'explore:changed', payload: state }));

  const startRun = async (experiment: Experiment, continues?: Result) => {
    if (explorer.active)
      throw new Problem(
        'explore-active',
        'A cut is deployed in Explore, which would disturb the measurement.',
        'Stop it first.',
      );
    return runs.start(experiment, await laboratoryFor(configuration()), configuration().settings, continues);
  };

  // Results are large, and reading all of them would take processors from what is measured.
  const assertQuiet = (): void => {
    if (runs.active)
      throw new Problem(
        'run-active',
        'An experiment is running, which reading all results would disturb.',
        'Wait for it to end, or cancel it.',
      );
  };

  return {
    'host:configure': (next) => {
      const first = configured === null;
      configured = next;
      if (next.role === 'reader') return;
      if (watch === null) {
        watch = watchEngine({
          address: next.settings.engineAddress,
          intervalMs: engineIntervalMs,
          firstAfterMs: firstLookDelayMs,
          onChange: (status) => post({ type: 'event', name: 'engine:changed', payload: status }),
        });
      } else watch.setAddress(next.settings.engineAddress);
      // The window's first questions come first; a run sweeps before it starts in any case.
      if (first) setTimeout(() => void sweepLeftovers(next, post), sweepDelayMs).unref();
    },
    'host:shutdown': async () => {
      watch?.stop();
      await Promise.allSettled([runs.stop(), explorer.stop()]);
    },
    'engine:status': () => engine().status(),
    'engine:check': () => engine().check(),
    'machine:look': async () => lookAtMachine((await laboratoryFor(configuration())).machine),
    'engine:judge-address': async (address) => (await import('../../engine/runtime/index.ts')).judgeAddress(address),
    'applications:list': () => applications.list(),
    'topologies:save': (application, topology) => applications.saveTopology(application, topology),
    'topologies:delete': (application, name) => applications.deleteTopology(application, name),
    'experiments:list': () => experiments.list(),
    'experiments:save': (experiment) => experiments.save(experiment),
    'experiments:delete': (name) => experiments.delete(name),
    'experiments:import-file': (path) => experiments.importFile(path),
    'experiments:render': (experiment) => experiments.render(experiment),
    'run:start': (experiment) => startRun(experiment),
    'run:continue': async (id) => {
      const result = await results.get(id);
      return startRun(result.experiment, result);
    },
    'run:cancel': (runId) => runs.cancel(runId),
    'explore:start': async (application, topology) => {
      if (runs.active)
        throw new Problem(
          'run-active',
          'An experiment is running, which this would disturb.',
          'Wait for it to end, or cancel it.',
        );
      return explorer.start(application, topology, await laboratoryFor(configuration()), configuration().settings);
    },
    'explore:stop': () => explorer.stop(),
    'explore:state': () => explorer.state(),
    'explore:inject': (fault) => explorer.inject(fault),
    'explore:undo': (id) => explorer.undo(id),
    'explore:replace': (unit, strategy) => explorer.replace({ kind: 'replace', unit, strategy }),
    'explore:add-instance': (unit) => explorer.replace({ kind: 'add', unit }),
    'explore:take-instance-back': (unit) => explorer.replace({ kind: 'take-back', unit }),
    'explore:ask': (module, operation, example, times) => explorer.ask({ module, operation, example, times }),
    'explore:document': (unit) => explorer.document(unit),
    'apis:describe': async (application) => {
      // The bundler would take processors from what is measured.
      if (runs.active)
        throw new Problem(
          'run-active',
          'An experiment is running, which reading the contracts would disturb.',
          'Wait for it to end, or cancel it.',
        );
      return applications.apis(application, await laboratoryFor(configuration()));
    },
    'claims:render': async (application, runtime, reader) => {
      assertQuiet();
      const { lessonsOf } = await import('../../report/index.ts');
      const claims = await applications.claims(application, runtime, await laboratoryFor(configuration()));
      return { fileName: `${application}-lessons-${reader}.md`, content: lessonsOf(claims, reader) };
    },
    'claims:judge': async (application, runtime) => {
      assertQuiet();
      return applications.claims(application, runtime, await laboratoryFor(configuration()));
    },
    'explore:impact': (change) => explorer.impact(change),
    'explore:release': (change, strategy) => explorer.releases.release(change, strategy),
    'explore:take-back': () => explorer.releases.takeBack(),
    'explore:cancel-release': () => explorer.releases.cancel(),
    'results:list': () => results.list(),
    'results:get': (id) => results.get(id),
    'results:rename': (id, title) => results.rename(id, title),
    'results:tag': (id, tags) => results.tag(id, tags),
    'results:note': (id, notes) => results.note(id, notes),
    'results:trash': (id) => results.trash(id),
    'trash:list': () => trash.list(),
    'trash:restore': (kind, id) => trash.restore(kind, id),
    'trash:empty': () => trash.empty(),
    'results:render': (id, format) => results.render(id, format),
    'results:import-file': (path) => results.importFile(path),
    'files:open': async (path) =>
      (await kindOfFile(path)) === 'result'
        ? { kind: 'result', summary: await results.importFile(path) }
        : { kind: 'experiment', ...(await experiments.importFile(path)) },
  };
}
