import type { Deployment } from '../../../engine/deploy/index.ts';
import type { Fault } from '../../../engine/model/index.ts';
import { possibleFaults, type PossibleFaults } from '../../../tests/support/check-out-campaign.ts';

const ofUnits: readonly Fault[] = [
  { kind: 'crash', module: 'orders' },
  { kind: 'slow', module: 'payments', delayMs: 600 },
  { kind: 'errors', module: 'inventory', share: 0.5 },
  { kind: 'connection-reset', module: 'payments' },
  { kind: 'crash', module: 'payments' },
  { kind: 'hang', module: 'inventory' },
  { kind: 'provider-outage', module: 'payments' },
  { kind: 'store-outage', module: 'orders' },
  { kind: 'crash-stays-down', module: 'inventory' },
  { kind: 'freeze', module: 'payments' },
];
/** Of the servers of a store; a file has none of them. */
const ofServers: readonly Fault[] = [
  { kind: 'store-crash', module: 'orders' },
  { kind: 'store-freeze', module: 'inventory' },
  { kind: 'store-connections', module: 'orders' },
  { kind: 'store-partition', module: 'orders' },
  { kind: 'store-starvation', module: 'payments' },
  { kind: 'store-crash', module: 'payments' },
];

/** As many faults in turn as are asked for, all of which the deployment can have; with servers as its store every other of them breaks one at first, so that few rounds do so, too. */
export function faultRounds(deployment: Deployment, rounds: number): PossibleFaults {
  const wanted =
    deployment.variant.settings.store === 'sqlite'
      ? ofUnits
      : ofUnits.flatMap((fault, index) => [...ofServers.slice(index, index + 1), fault]);
  const { possible, leftOut } = possibleFaults(deployment, wanted);
  const turns = Array.from({ length: Math.ceil(rounds / possible.length) }, () => possible);
  return { possible: turns.flat().slice(0, rounds), leftOut };
}
