import { awaitReady } from './restart.ts';
import type { FaultContext, FaultDefinition } from './types.ts';

/** The unit that hosts the module is cut off the network of the others; undo connects it under its old names. */
export const partition: FaultDefinition = {
  kind: 'partition',
  title: 'Network partition',
  meaning: 'The unit that hosts the module cannot reach the others, nor they it.',
  scope: 'unit',
  selfHealing: false,
  hits: (context) => unitsOf(context).cut,
  impossible: ({ deployment, fault }) => {
    const hosts = unitsOf({ deployment, fault });
    if (hosts.cut === hosts.other) return `both modules are in unit "${hosts.cut}": no network lies between them`;
    return deployment.capabilities.partition ? null : 'this runtime cannot cut a unit off the network';
  },
  inject: async ({ deployment, fault }) => {
    const { cut, module } = unitsOf({ deployment, fault });
    const unit = deployment.unitHosting(module);
    await unit.disconnect();
    const effectAtMs = deployment.clock.nowMs();
    return {
      unit: cut,
      effectAtMs,
      undo: async () => {
        await unit.connect();
        return awaitReady(deployment, unit);
      },
      remaining: async () =>
        awaitReady(deployment, unit, 5000).then(
          () => null,
          () => `unit "${cut}" is not reachable under its name`,
        ),
    };
  },
};

/** The entry unit is never the one cut off, since that would hide every endpoint behind the cut. */
function unitsOf({ deployment, fault }: Pick<FaultContext, 'deployment' | 'fault'>): {
  cut: string;
  other: string;
  /** One that is in the unit that is cut off. */
  module: string;
} {
  const { entry } = deployment.application;
  const { module, peer = entry } = fault;
  const nameOf = (one: string): string => deployment.unitHosting(one).name;
  return nameOf(module) === nameOf(entry)
    ? { cut: nameOf(peer), other: nameOf(module), module: peer }
    : { cut: nameOf(module), other: nameOf(peer), module };
}
