import type { Deployment } from '../deploy/index.ts';
import type { RunningUnit } from '../runtime/index.ts';
import { endFault } from './hold.ts';
import { FaultError, type FaultContext, type FaultDefinition, type InjectedFault } from './types.ts';

/**
 * A fault done to every instance of the unit that it hits, or to the first of them where it says so; it is in effect when it is in the last. Where one of them cannot have it
 * the others are as before.
 */
export function inEachInstance(definition: FaultDefinition): FaultDefinition {
  return {
    ...definition,
    inject: async (context) => {
      const { deployment, fault } = context;
      const { unit, serving, hit } = whatIsHit(definition, context);
      if (hit.length === 0) throw new FaultError(`unit "${unit}" is not running`);
      const outcomes = await Promise.allSettled(
        hit.map((instance) =>
          definition.inject(hit.length === 1 && serving.length === 1 ? context : seenFrom(context, instance)),
        ),
      );
      const injected = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      const failed = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failed !== undefined) {
        await Promise.allSettled(injected.map((one) => endFault(one, fault.kind, deployment.clock)));
        throw failed.reason;
      }
      return together(injected);
    },
  };
}

/** The unit that a fault is done to, its instances, and those of them that it hits. Throws DeployError. */
export function whatIsHit(
  definition: Pick<FaultDefinition, 'hits'>,
  context: Pick<FaultContext, 'deployment' | 'fault'>,
): { unit: string; serving: readonly RunningUnit[]; hit: readonly RunningUnit[] } {
  const { deployment, fault } = context;
  const unit = definition.hits?.(context) ?? deployment.unitHosting(fault.module).name;
  const serving = deployment.serving(unit);
  return { unit, serving, hit: fault.instances === 'one' ? serving.slice(0, 1) : serving };
}

function together(injected: readonly InjectedFault[]): InjectedFault {
  return {
    unit: injected[0]?.unit ?? '',
    effectAtMs: Math.max(...injected.map(({ effectAtMs }) => effectAtMs)),
    undo: async () => Math.max(...(await Promise.all(injected.map((one) => one.undo())))),
    remaining: async () => {
      const left = await Promise.all(injected.map((one) => one.remaining()));
      return left.find((one) => one !== null) ?? null;
    },
  };
}

/** The same deployment, in which this instance is the one that hosts its modules. */
function seenFrom(context: FaultContext, instance: RunningUnit): FaultContext {
  const { deployment } = context;
  const view = Object.create(deployment) as Deployment;
  const unitHosting = (module: string): RunningUnit =>
    instance.modules.includes(module) ? instance : deployment.unitHosting(module);
  return { ...context, deployment: Object.defineProperty(view, 'unitHosting', { value: unitHosting }) };
}
