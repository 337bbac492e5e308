import type { ElectronApplication } from 'playwright-core';
import type { LabEvent } from '../../../engine/model/index.ts';
import { makeResult } from '../../../report/testing/index.ts';

type Told = LabEvent extends infer E ? (E extends LabEvent ? Omit<E, 'atMs'> : never) : never;

const roundId = 'round-1';

/** Lets main tell the window of a run under load, as it would of a real one, until the window closes: a slice of the load every second, and log lines, `perSecond` events in all. */
export async function tellOfRun(electron: ElectronApplication, perSecond: number): Promise<void> {
  const { experiment } = makeResult({ blocks: 1 });
  const [first] = experiment.variants;
  const unit = first?.topology.units[0]?.name;
  if (first === undefined || unit === undefined) throw new Error('the example experiment has nothing to deploy');
  const step = (stepId: string, parentId: string | null, title: string): Told => ({
    type: 'step-started',
    stepId,
    parentId,
    roundId,
    title,
  });
  const beginning: Told[] = [
    { type: 'run-started', runId: 'bench', experiment, runtime: 'docker', rounds: 10, estimateMs: 300_000 },
    { type: 'round-started', roundId, block: 0, position: 0, variant: first.name, replica: false, attempt: 1 },
    step('deploy', null, 'Deploying'),
    { type: 'step-ended', stepId: 'deploy', outcome: 'done', durationMs: 2400, detail: null },
    ...first.topology.units.map(({ name }): Told => ({
      type: 'unit-state',
      variant: first.name,
      unit: name,
      state: 'ready',
      detail: null,
    })),
    step('measure', null, 'Measuring'),
    step('load', 'measure', 'Load'),
  ];
  await electron.evaluate(
    ({ BrowserWindow }, { beginning, variant, unit, perSecond, roundId }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      if (contents === undefined) throw new Error('there is no window');
      const tell = (events: object[]) =>
        contents.send('cleave:event', 'run:events', {
          runId: 'bench',
          events: events.map((event) => ({ atMs: Date.now(), ...event })),
        });
      tell(beginning);
      // The recorder hands over what it was told at most twenty times a second.
      const batches = Math.min(20, perSecond);
      let count = 0;
      const next = () => {
        count += 1;
        const wave = Math.sin(count / 20);
        if (count % perSecond !== 0)
          return { type: 'log', variant, unit, stream: 'stdout', line: `request ${count} took ${10 + wave} ms` };
        const slice = { startMs: Date.now() - 1000, lengthMs: 1000, scheduled: 50, good: 49, errors: 1 };
        const times = { p50Ms: 4 + wave, p95Ms: 9 + wave, p99Ms: 15 + wave };
        return { type: 'load', roundId, variant, phase: 'latency', slice: { ...slice, ...times } };
      };
      const timer = setInterval(
        () => tell(Array.from({ length: Math.round(perSecond / batches) }, next)),
        1000 / batches,
      );
      contents.once('destroyed', () => clearInterval(timer));
    },
    { beginning, variant: first.name, unit, perSecond, roundId },
  );
}

/** Processor seconds a second that all of the program's processes use, over `seconds`. */
export function cpuPerSecond(electron: ElectronApplication, seconds: number): Promise<number> {
  return electron.evaluate(async ({ app }, forMs) => {
    const used = () => app.getAppMetrics().reduce((sum, { cpu }) => sum + (cpu.cumulativeCPUUsage ?? Number.NaN), 0);
    const [before, from] = [used(), performance.now()];
    await new Promise((resolve) => setTimeout(resolve, forMs));
    return (used() - before) / ((performance.now() - from) / 1000);
  }, seconds * 1000);
}
