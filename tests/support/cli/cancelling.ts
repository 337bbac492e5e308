import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Result, RuntimeKind } from '../../../engine/model/index.ts';
import { readResultFile } from '../../../engine/storage/index.ts';
import { leftovers } from './leftovers.ts';
import { makeHome, start, type Home, type Running } from './run.ts';
import { shortExperiment } from './short-experiment.ts';

function homeForTest(): Home {
  const home = makeHome();
  afterAll(() => home.remove());
  return home;
}

function storedResult(home: Home): Promise<Result> {
  const folder = path.join(home.data, 'results');
  const [id = ''] = readdirSync(folder);
  return readResultFile(path.join(folder, id, 'result.json'));
}

/** To the whole group, as a terminal does. */
function pressCtrlC(running: Running): void {
  process.kill(-(running.child.pid ?? Number.NaN), 'SIGINT');
}

/** Where in a run it is, by the last thing said. */
export const cancelPhases: readonly [phase: string, said: RegExp, finishedRounds: number][] = [
  ['before anything runs', /Look at the machine/, 0],
  ['while units are built', /Build the units\n/, 0],
  ['while they are deployed', / {2}Deploy\n/, 0],
  ['during warm-up', / {2}Warm up\n/, 0],
  ['under load', / {2}Measure response times\n/, 0],
  ['while a fault is in effect', /payments hangs, unit \S+: active\n/i, 0],
  ['while a fault is undone', /payments hangs, unit \S+: undoing\n/i, 0],
  ['while a round is taken down', / {2}Take it down\n/, 1],
  ['after a round, in the next', /, block 1: (completed|disturbed|invalid) in .*\n(.*\n)* {2}Deploy\n/, 1],
];

/** Ctrl-C at these points of a comparison: one sentence, exit code 130, nothing left, and the finished rounds kept. */
export function cancelsInPhases(
  runtime: RuntimeKind,
  dockerHost: () => string | null,
  phases: readonly (typeof cancelPhases)[number][],
): void {
  it.each(phases)('Ctrl-C %s', async (_phase, said, finishedRounds) => {
    const home = homeForTest();
    const file = await shortExperiment(home, {}, { kind: 'hang', module: 'payments' });
    const running = start(home, ['compare', '--experiment', file, '--runtime', runtime]);
    await running.said(said);
    pressCtrlC(running);
    const { code, stderr } = await running.ended;
    expect(stderr.trim()).toBe('Cancelling: undoing faults and removing everything that was created.');
    expect(code).toBe(130);
    expect(await leftovers(home, dockerHost())).toEqual([]);
    if (finishedRounds > 0) {
      const result = await storedResult(home);
      expect(result).toMatchObject({ status: 'cancelled' });
      expect(result.rounds.filter((round) => round.status !== 'cancelled')).toHaveLength(finishedRounds);
    }
  });
}

/** A signal to the program alone, as another program sends it. */
export function cancelsOnSignals(
  runtime: RuntimeKind,
  dockerHost: () => string | null,
  signals: readonly ('SIGINT' | 'SIGTERM')[],
): void {
  it.each(signals)('%s to the program alone', async (signal) => {
    const home = homeForTest();
    const running = start(home, ['compare', '--experiment', await shortExperiment(home), '--runtime', runtime]);
    await running.said(/ {2}Warm up\n/);
    running.child.kill(signal);
    expect((await running.ended).code).toBe(130);
    expect(await leftovers(home, dockerHost())).toEqual([]);
  });
}

/** Ctrl-C while a topology is up. */
export function cancelsWhatIsUp(runtime: RuntimeKind, dockerHost: () => string | null): void {
  it('Ctrl-C ends a topology that is up', async () => {
    const home = homeForTest();
    const running = start(home, ['up', '--topology', 'macroservices', '--runtime', runtime]);
    await running.said(/Press Ctrl-C/);
    pressCtrlC(running);
    const { code, stdout } = await running.ended;
    expect(stdout).toMatch(/Everything has been removed\.\n$/);
    expect(code).toBe(0);
    expect(await leftovers(home, dockerHost())).toEqual([]);
  });
}

/** Ctrl-C where npm stands between the terminal and the program. */
export function cancelsUnderNpm(runtime: RuntimeKind, dockerHost: () => string | null): void {
  it('Ctrl-C where npm started it, as the README says', async () => {
    const home = homeForTest();
    const file = await shortExperiment(home);
    const parameters = ['run', 'compare', '--', '--experiment', file, '--runtime', runtime];
    const running = start(home, parameters, { command: 'npm' });
    await running.said(/ {2}Measure response times\n/);
    pressCtrlC(running);
    const { code } = await running.ended;
    expect(running.text()).toContain('Run cancelled');
    expect(code).toBe(130);
    expect(await leftovers(home, dockerHost())).toEqual([]);
  });
}
