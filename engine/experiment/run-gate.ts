import type { Clock } from '../clock/index.ts';
import type { Machine } from '../machine/index.ts';
import type { Application, Environment, Experiment, GateCheck, LabEvent } from '../model/index.ts';
import { ExperimentError } from './check.ts';
import { fairnessGate, plannedGateInputs, stoppingChecks } from './gate/index.ts';

const watchMs = 1500;

export interface GateContext {
  experiment: Experiment;
  application: Application;
  environment: Environment;
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
  /** Takes what the modules of a deployment say of their data. Throws ExperimentError when it is not the same for all variants of a block. */
  noteSeeds(block: number, variant: string, seedHashes: Record<string, string>): void;
}

/**
 * Watches the machine for a moment and makes every check before the first round. Throws ExperimentError when one fails that was not
 * declared; a machine that is not quiet is told and does not stop the run, since each round is judged by itself.
 */
export async function runGate(context: GateContext): Promise<Gate> {
  const { experiment, application, environment, clock, machine, signal, onEvent } = context;
  const watch = await machine.watchQuietness();
  const quietness = await watch.stop({ ownCpuSeconds: 0, withheldShare: await machine.withheldCpu(watchMs, signal) });
  const inputs = plannedGateInputs(experiment, application, environment, quietness);
  const hashes = new Map<string, Record<string, string>>();
  let heard = 0;
  const check = (): GateCheck[] => {
    const checks = fairnessGate({
      ...inputs,
      variants: inputs.variants.map((facts) => ({ ...facts, seedHashes: hashes.get(facts.variant.name) ?? null })),
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
    noteSeeds: (block, variant, seedHashes) => {
      if (block !== heard) hashes.clear();
      heard = block;
      if (hashes.has(variant)) return;
      hashes.set(variant, seedHashes);
      if (hashes.size === inputs.variants.length) gate.checks = check();
    },
  };
  return gate;
}
