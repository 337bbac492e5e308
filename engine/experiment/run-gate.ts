import type { Clock } from '../clock/index.ts';
import type { Machine } from '../machine/index.ts';
import {
  seenFacts,
  type Application,
  type Environment,
  type Experiment,
  type GateCheck,
  type LabEvent,
  type ObservedUnit,
  type Round,
} from '../model/index.ts';
import { ExperimentError } from './check.ts';
import { fairnessGate, plannedGateInputs, stoppingChecks, type GateInputs, type VariantFacts } from './gate/index.ts';

const watchMs = 1500;

export interface GateContext {
  experiment: Experiment;
  application: Application;
  environment: Environment;
  /** Of one deployment, bytes. */
  memoryBytes: number;
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
  /** Takes what the units of a deployment show. Throws ExperimentError when not all deployments of a block, in whatever attempt, run alike. */
  note(place: DeploymentPlace, observed: readonly ObservedUnit[]): void;
}

/** Which deployment of a run it is. */
export type DeploymentPlace = Pick<Round, 'block' | 'variant' | 'replica' | 'attempt'>;

/**
 * Watches the machine for a moment and makes every check before the first round. Throws ExperimentError when one fails that was not
 * declared; a machine that is not quiet is told and does not stop the run, since each round is judged by itself.
 */
export async function runGate(context: GateContext): Promise<Gate> {
  const { experiment, application, environment, memoryBytes, clock, machine, signal, onEvent } = context;
  const watch = await machine.watchQuietness();
  const quietness = await watch.stop({ ownCpuSeconds: 0, withheldShare: await machine.withheldCpu(watchMs, signal) });
  const planned = plannedGateInputs(experiment, application, environment, quietness, memoryBytes);
  const inputs = { ...planned, turns: context.turns };
  // Data are drawn anew for each block, so a block is what is held together; a repeat may come long after it.
  const told = new Map<number, Map<string, Shown>>();
  const check = (variants: GateInputs['variants'], whole: boolean): void => {
    const checks = fairnessGate({ ...inputs, variants });
    const [failed] = stoppingChecks(checks);
    if (whole || failed !== undefined) {
      onEvent({ atMs: clock.nowMs(), type: 'gate', checks });
      gate.checks = checks;
    }
    if (failed === undefined) return;
    throw new ExperimentError(
      `the comparison would not be fair: ${failed.title}: ${failed.detail}; make the variants alike or add "${failed.name}" to declaredDifferences`,
    );
  };
  const gate: Gate = {
    checks: [],
    quiet: quietness.quiet,
    note: (place, observed) => {
      const facts = inputs.variants.find(({ variant }) => variant.name === place.variant);
      if (facts === undefined) throw new Error(`no variant "${place.variant}" is compared`);
      const ofBlock = told.get(place.block) ?? new Map<string, Shown>();
      told.set(place.block, ofBlock);
      const name = nameOf(place);
      ofBlock.set(name, {
        of: place.variant,
        facts: { ...facts, variant: { ...facts.variant, name }, seen: seenFacts(observed) },
      });
      // What has shown itself is held together at once; only with every variant among it is it said of the comparison.
      const shown = [...ofBlock.values()];
      const whole = inputs.variants.every(({ variant }) => shown.some(({ of }) => of === variant.name));
      check(
        shown.map((one) => one.facts),
        whole,
      );
    },
  };
  check(inputs.variants, true);
  return gate;
}

/** What one deployment showed, under its own name. */
interface Shown {
  of: string;
  facts: VariantFacts;
}

/** The first deployment of a variant in a block has the variant's own name. */
function nameOf({ variant, replica, attempt }: DeploymentPlace): string {
  return `${variant}${replica ? ' (for the noise floor)' : ''}${attempt > 1 ? `, attempt ${attempt}` : ''}`;
}
