import { blackHole } from './black-hole.ts';
import { connectionReset } from './connection-reset.ts';
import { cpuHog } from './cpu-hog.ts';
import { crash } from './crash.ts';
import { errors } from './errors.ts';
import { eventLoopBlock } from './event-loop-block.ts';
import { hang } from './hang.ts';
import type { FaultKind } from './kind.ts';
import { memoryLeak } from './memory-leak.ts';
import { outOfMemory } from './out-of-memory.ts';
import { providerOutage } from './provider-outage.ts';
import { slow } from './slow.ts';
import { storeConnections } from './store-connections.ts';
import { storeOutage } from './store-outage.ts';
import { unready } from './unready.ts';

/** Every fault that a module can be given from inside. */
export const faultCatalogue: Readonly<Record<string, FaultKind>> = Object.fromEntries(
  [
    crash,
    hang,
    slow,
    errors,
    eventLoopBlock,
    cpuHog,
    memoryLeak,
    outOfMemory,
    blackHole,
    connectionReset,
    providerOutage,
    storeConnections,
    storeOutage,
    unready,
  ].map((kind) => [kind.kind, kind]),
);
