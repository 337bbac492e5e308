import type { Clock } from '../clock/index.ts';
import type { Machine } from '../machine/index.ts';
import type { Application, Environment, Experiment, GateCheck, LabEvent, ObservedUnit } from '../model/index.ts';
import { ExperimentError } from './check.ts';
import { fairnessGate, plannedGateInputs, seenFacts, stoppingChecks, type SeenFacts } from './gate/index.ts';

const watchMs = 1500;

export interface GateContext {
  experiment: Experiment;
  application: Application;
  environment: Environment;
  /** How the deployments of a block take turns, in words; null: their loads are in one piece. */
  turns: string | null;
  clock: Clock;
  machine: Machine;
  signal: AbortSignal;
  onEvent: (event: LabEvent) => void;
}

/** The checks before the first round, and again once the deployments have told what data they were seeded with. */
export interface Gate {
  checks: GateCheck[];
  /** Whether the machine was quiet before anything ran; where it never is, a repeated round is no better than the first. */
  quiet: boolean;
  /** Takes what the units of a deployment show. Throws ExperimentError when they do not run alike in all variants of a block. */
  note(block: number, variant: string, observed: readonly ObservedUnit[]): void;
}

/**
 * Watches the machine for a moment and makes every check before the first round. Throws ExperimentError when one fails that was not
 * declared; a machine that is not quiet is told and does not stop the run, since each round is judged by itself.
 */
export async function runGate(context: GateContext): Promise<Gate> {
  const { experiment, application, environment, clock, machine, signal, onEvent } = context;
  const watch = await machine.watchQuietness();
  const quietness = await watch.stop({ ownCpuSeconds: 0, withheldShare: await machine.withheldCpu(watchMs, signal) });
  const inputs = { ...plannedGateInputs(experiment, application, environment, quietness), turns: context.turns };
  const told = new Map<string, SeenFacts>();
  let heard = 0;
  const check = (): GateCheck[] => {
    const checks = fairnessGate({
      ...inputs,
      variants: inputs.variants.map((facts) => ({ ...facts, seen: told.get(facts.variant.name) ?? null })),
    });
    onEvent({ atMs: clock.nowMs(), type: 'gate', checks });
    const [failed] = stoppingChecks(checks);
    if (failed === undefined) return checks;
    throw new ExperimentError(
      `the comparison would not be fair: ${failed.title}: ${failed.detail}; make the variants alike or add "${failed.name}" to declaredDifferences`,
    );
  };
  const gate: Gate = {
    checks: check(),
    quiet: quietness.quiet,
    note: (block, variant, observed) => {
      if (block !== heard) told.clear();
      heard = block;
      if (told.has(variant)) return;
      told.set(variant, seenFacts(observed));
      if (told.size === inputs.variants.length) gate.checks = check();
    },
  };
  return gate;
}
