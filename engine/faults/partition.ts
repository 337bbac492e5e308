import { awaitReady } from './restart.ts';
import { FaultError, type FaultContext, type FaultDefinition } from './types.ts';

/** The unit that hosts the module is cut off the network of the others; undo connects it under its old names. */
export const partition: FaultDefinition = {
  kind: 'partition',
  title: 'Network partition',
  meaning: 'The unit that hosts the module cannot reach the others, nor they it.',
  scope: 'unit',
  selfHealing: false,
  impossible: ({ deployment, fault }) => {
    const hosts = unitsOf({ deployment, fault });
    if (hosts.cut === hosts.other) return `both modules are in unit "${hosts.cut}": no network lies between them`;
    return deployment.capabilities.partition ? null : 'this runtime cannot cut a unit off the network';
  },
  inject: async ({ deployment, fault }) => {
    const { cut } = unitsOf({ deployment, fault });
    const unit = deployment.units.find((candidate) => candidate.name === cut);
    if (unit === undefined) throw new FaultError(`unit "${cut}" is not running`);
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
function unitsOf({ deployment, fault }: Pick<FaultContext, 'deployment' | 'fault'>): { cut: string; other: string } {
  const entry = deployment.unitHosting(deployment.application.entry).name;
  const host = deployment.unitHosting(fault.module).name;
  const peer = deployment.unitHosting(fault.peer ?? deployment.application.entry).name;
  return host === entry ? { cut: peer, other: host } : { cut: host, other: peer };
}
