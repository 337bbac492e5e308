import type { Clock } from '../clock/index.ts';
import type { UnitIdentity } from '../deploy/index.ts';
import type { Machine } from '../machine/index.ts';
import type { Application, Environment, Experiment, GateCheck, LabEvent } from '../model/index.ts';
import { ExperimentError } from './check.ts';
import { fairnessGate, plannedGateInputs, stoppingChecks, type VariantFacts } from './gate/index.ts';

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
  /** Takes what the units of a deployment say of themselves. Throws ExperimentError when data or Node are not the same for all variants of a block. */
  note(block: number, variant: string, identities: readonly UnitIdentity[]): void;
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
  const told = new Map<string, Pick<VariantFacts, 'seedHashes' | 'nodeVersions'>>();
  let heard = 0;
  const check = (): GateCheck[] => {
    const checks = fairnessGate({
      ...inputs,
      variants: inputs.variants.map((facts) => ({ ...facts, ...told.get(facts.variant.name) })),
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
    note: (block, variant, identities) => {
      if (block !== heard) told.clear();
      heard = block;
      if (told.has(variant)) return;
      told.set(variant, {
        seedHashes: Object.assign({}, ...identities.map(({ seedHash }) => seedHash)) as Record<string, string>,
        nodeVersions: [...new Set(identities.map(({ nodeVersion }) => nodeVersion))].toSorted(),
      });
      if (told.size === inputs.variants.length) gate.checks = check();
    },
  };
  return gate;
}
