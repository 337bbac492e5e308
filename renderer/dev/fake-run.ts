import { faultInWords, type Experiment, type LabEvent, type Round, type Variant } from '../../engine/model/index.ts';
import { makeResult } from '../../report/testing/index.ts';

type Draft = LabEvent extends infer E ? (E extends LabEvent ? Omit<E, 'atMs'> : never) : never;

/** A clock that writes events. */
class Script {
  readonly events: LabEvent[] = [];
  private at: number;
  private steps = 0;

  constructor(startMs: number) {
    this.at = startMs;
  }

  get now(): number {
    return this.at;
  }

  wait(ms: number): void {
    this.at += ms;
  }

  say(event: Draft): void {
    this.events.push({ atMs: Math.round(this.at), ...event });
  }

  step(title: string, roundId: string | null, parentId: string | null, work: (id: string) => void): void {
    const stepId = `step-${(this.steps += 1)}`;
    const began = this.at;
    this.say({ type: 'step-started', stepId, parentId, roundId, title });
    work(stepId);
    this.say({ type: 'step-ended', stepId, outcome: 'done', durationMs: Math.round(this.at - began), detail: null });
  }
}

/** Everything a run of the experiment would tell, with times from `startMs` on. */
export function scriptRun(runId: string, experiment: Experiment, startMs: number): LabEvent[] {
  const example = makeResult({ blocks: 1, everything: false, requests: 20 });
  const template = example.rounds[0];
  if (template === undefined) throw new Error('the example result has no round');
  const script = new Script(startMs);
  const plan = Array.from({ length: experiment.blocks }, (_, block) =>
    (block % 2 === 0 ? experiment.variants : experiment.variants.toReversed()).map((variant, position) => ({
      block,
      position,
      variant,
    })),
  ).flat();
  script.say({
    type: 'run-started',
    runId,
    experiment,
    runtime: 'docker',
    rounds: plan.length,
    estimateMs: plan.length * 52_000,
  });
  script.say({ type: 'environment', environment: example.environment });
  script.step('Checking fairness', null, null, () => script.wait(900));
  script.say({ type: 'gate', checks: example.gate });
  script.step('Building images', null, null, () => script.wait(3200));
  for (const { block, position, variant } of plan) playRound(script, experiment, variant, block, position, template);
  script.step('Computing findings', null, null, () => script.wait(400));
  script.say({
    type: 'run-ended',
    outcome: 'completed',
    resultId: 'result-0',
    text: 'Finished: the result is ready to read.',
  });
  return script.events;
}

function playRound(
  script: Script,
  experiment: Experiment,
  variant: Variant,
  block: number,
  position: number,
  template: Round,
): void {
  const roundId = `round-${block}-${position}`;
  const began = script.now;
  const split = variant.topology.units.length;
  const unit = (name: string, state: Extract<LabEvent, { type: 'unit-state' }>['state']): void =>
    script.say({ type: 'unit-state', variant: variant.name, unit: name, state, detail: null });
  const log = (name: string, line: string, stream: 'stdout' | 'stderr' = 'stdout'): void =>
    script.say({ type: 'log', variant: variant.name, unit: name, stream, line });
  script.say({ type: 'round-started', roundId, block, position, variant: variant.name, replica: false, attempt: 1 });
  script.step('Opening the site', roundId, null, () => script.wait(420));
  script.step('Deploying', roundId, null, (parent) => {
    for (const one of variant.topology.units) unit(one.name, 'creating');
    script.wait(220);
    script.step(`Starting ${split} units`, roundId, parent, () => {
      for (const one of variant.topology.units) {
        unit(one.name, 'starting');
        script.wait(70);
      }
      for (const one of variant.topology.units) {
        script.wait(110);
        unit(one.name, 'ready');
        log(one.name, `ready with ${one.modules.join(', ')}`);
      }
    });
    script.step('First requests', roundId, parent, () => script.wait(340));
  });
  const slice = (phase: string, broken: boolean): void => {
    const wave = Math.sin(script.now / 3100) * 1.6;
    const p50 = 3.1 + split * 0.9 + wave * 0.4 + (broken ? 3 : 0);
    script.wait(1000);
    const scheduled = Math.round(experiment.load.journeysPerSecond * 2.1 + wave * 4);
    const errors = broken ? Math.round(scheduled * (split === 1 ? 0.42 : 0.08)) : 0;
    script.say({
      type: 'load',
      roundId,
      variant: variant.name,
      phase,
      slice: {
        startMs: script.now - 1000,
        lengthMs: 1000,
        scheduled,
        good: scheduled - errors,
        errors,
        p50Ms: p50,
        p95Ms: p50 * (broken ? 9 : 2.6) + wave,
        p99Ms: p50 * 4.4,
      },
    });
    const where = variant.topology.units[Math.floor(Math.abs(wave) * 7) % split];
    if (where !== undefined)
      log(
        where.name,
        broken && errors > 3
          ? `TypeError: upstream answered 503 (${where.modules[0]})`
          : `GET /api/products/${Math.round(Math.abs(wave) * 900)} 200 ${p50.toFixed(1)} ms`,
        broken && errors > 3 ? 'stderr' : 'stdout',
      );
  };
  script.step('Warm-up', roundId, null, () => {
    for (let second = 0; second < 5; second += 1) slice('warm-up', false);
  });
  script.step('Load', roundId, null, () => {
    for (let second = 0; second < 15; second += 1) slice('latency', false);
  });
  for (const fault of experiment.probes.isolation?.faults ?? []) {
    const home = variant.topology.units.find((one) => one.modules.includes(fault.module))?.name ?? '';
    script.step(faultInWords(fault), roundId, null, () => {
      const say = (phase: Extract<LabEvent, { type: 'fault' }>['phase']): void =>
        script.say({ type: 'fault', variant: variant.name, phase, fault, unit: home });
      say('injecting');
      script.wait(40);
      say('active');
      unit(home, fault.kind === 'crash' ? 'restarting' : 'faulted');
      for (let second = 0; second < 6; second += 1) slice('fault', true);
      say('undoing');
      script.wait(60);
      say('undone');
      unit(home, 'ready');
      for (let second = 0; second < 4; second += 1) slice('recovery', false);
    });
  }
  script.step('Removing everything', roundId, null, () => {
    script.wait(600);
    for (const one of variant.topology.units) unit(one.name, 'stopped');
  });
  script.say({
    type: 'round-ended',
    round: {
      ...template,
      id: roundId,
      block,
      position,
      variant: variant.name,
      replica: false,
      attempt: 1,
      status: 'completed',
      reasons: [],
      startedAtMs: began,
      durationMs: script.now - began,
    },
  });
}
