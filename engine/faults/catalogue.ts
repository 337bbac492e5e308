import type { FaultKind } from '../model/index.ts';
import { badReleaseErrors } from './bad-release-errors.ts';
import { badReleaseUnready } from './bad-release-unready.ts';
import { blackHole } from './black-hole.ts';
import { connectionReset } from './connection-reset.ts';
import { cpuHog } from './cpu-hog.ts';
import { cpuStarvation } from './cpu-starvation.ts';
import { crashStaysDown } from './crash-stays-down.ts';
import { crash } from './crash.ts';
import { inEachInstance } from './each-instance.ts';
import { errors } from './errors.ts';
import { eventLoopBlock } from './event-loop-block.ts';
import { freeze } from './freeze.ts';
import { hang } from './hang.ts';
import { memoryLeak } from './memory-leak.ts';
import { none } from './none.ts';
import { outOfMemory } from './out-of-memory.ts';
import { partition } from './partition.ts';
import { providerOutage } from './provider-outage.ts';
import { slow } from './slow.ts';
import { storeConnections } from './store-connections.ts';
import { storeCrash } from './store-crash.ts';
import { storeFreeze } from './store-freeze.ts';
import { storeOutage } from './store-outage.ts';
import { storePartition } from './store-partition.ts';
import { storeStarvation } from './store-starvation.ts';
import type { FaultDefinition } from './types.ts';

/** Every fault the laboratory can do, by kind, as it is done to one instance. */
const definitions: Record<FaultKind, FaultDefinition> = {
  none,
  crash,
  'crash-stays-down': crashStaysDown,
  hang,
  freeze,
  slow,
  errors,
  'event-loop-block': eventLoopBlock,
  'cpu-hog': cpuHog,
  'cpu-starvation': cpuStarvation,
  'out-of-memory': outOfMemory,
  'memory-leak': memoryLeak,
  partition,
  'black-hole': blackHole,
  'connection-reset': connectionReset,
  'provider-outage': providerOutage,
  'store-outage': storeOutage,
  'store-crash': storeCrash,
  'store-connections': storeConnections,
  'store-freeze': storeFreeze,
  'store-partition': storePartition,
  'store-starvation': storeStarvation,
  'bad-release-unready': badReleaseUnready,
  'bad-release-errors': badReleaseErrors,
};

/** Every fault the laboratory can do, by kind. */
export const faultCatalogue = Object.fromEntries(
  Object.entries(definitions).map(([kind, definition]) => [kind, inEachInstance(definition)]),
) as Record<FaultKind, FaultDefinition>;
