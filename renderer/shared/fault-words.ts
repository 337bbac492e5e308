import type { Fault, FaultKind } from '../../engine/model/index.ts';

/** A fault in plain words, and which of its numbers a person may set. */
export interface FaultWords {
  title: string;
  /** What happens, one sentence. */
  meaning: string;
  /** `module`: at the module's boundary, alike in every cut; `unit`: hits whichever unit hosts the module. */
  scope: 'module' | 'unit';
  parameters: readonly ('delayMs' | 'jitter' | 'share' | 'peer')[];
  /** What a new fault of the kind starts with. */
  defaults: Partial<Fault>;
}

const words = (
  title: string,
  scope: FaultWords['scope'],
  meaning: string,
  defaults: Partial<Fault> = {},
  parameters: FaultWords['parameters'] = [],
): FaultWords => ({
  title,
  meaning,
  scope,
  parameters,
  defaults,
});

export const faultWords: Readonly<Record<FaultKind, FaultWords>> = {
  none: words(
    'Nothing (control)',
    'module',
    'Nothing is done; the same windows are measured to see what chance alone does.',
  ),
  crash: words(
    'Crash, comes back',
    'module',
    'An error that nothing catches ends the process of the module, and its supervisor starts it again.',
  ),
  'crash-stays-down': words(
    'Crash, stays down',
    'unit',
    'The unit is killed and stays away until the fault is undone.',
  ),
  hang: words('Hang', 'module', 'Calls into the module never return; callers run into their deadlines.'),
  freeze: words('Freeze', 'unit', 'The whole unit is paused: connections stay open and nothing answers.'),
  slow: words('Slow', 'module', 'Every call into the module takes longer.', { delayMs: 500 }, ['delayMs', 'jitter']),
  errors: words('Errors', 'module', 'A share of the calls into the module fails at once.', { share: 0.5 }, ['share']),
  'event-loop-block': words(
    'Blocked event loop',
    'module',
    'Code in the module blocks its process again and again; everything in the same unit waits.',
  ),
  'cpu-hog': words('CPU hog', 'module', 'Code in the module burns processor time beside its work.', { share: 0.8 }, [
    'share',
  ]),
  'cpu-starvation': words('CPU starvation', 'unit', 'The unit gets only a small part of its processor time.'),
  'out-of-memory': words('Out of memory', 'unit', 'The module takes memory in one step until its unit is killed.'),
  'memory-leak': words('Memory leak', 'module', 'The module leaks slowly until its unit slows down and dies.'),
  partition: words('Network partition', 'unit', 'The units of two modules can no longer reach each other.', {}, [
    'peer',
  ]),
  'black-hole': words('Black hole', 'module', 'Calls are accepted and never answered.'),
  'connection-reset': words(
    'Connection reset',
    'module',
    'Connections to the module break off in the middle of a call.',
  ),
  'provider-outage': words(
    'Provider outage',
    'module',
    'The outside service that the module depends on, for example a payment provider, is away.',
  ),
  'store-outage': words('Store outage', 'module', 'The module cannot reach its own data.'),
  'store-crash': words(
    'Store crashes, comes back',
    'unit',
    'The database server that holds the data of the module is killed and started again. Only with the store PostgreSQL.',
  ),
  'store-connections': words(
    'Too few connections',
    'unit',
    'The unit has a single connection to its database server left; everything in it that needs the data waits for that. Only with the store PostgreSQL.',
  ),
  'store-freeze': words(
    'Store freezes',
    'unit',
    'The database server stands still: connections stay open and nothing answers. Only with the store PostgreSQL.',
  ),
  'store-partition': words(
    'Store out of reach',
    'unit',
    'No unit can reach the database server. Only with the store PostgreSQL, in containers.',
  ),
  'store-starvation': words(
    'Slow store',
    'unit',
    'The database server gets only a small part of its processor time. Only with the store PostgreSQL, in containers.',
  ),
  'bad-release-unready': words(
    'Bad release, never ready',
    'module',
    'A new version is rolled out that never gets ready.',
  ),
  'bad-release-errors': words(
    'Bad release, then errors',
    'module',
    'A new version gets ready and then fails a share of its calls.',
    { share: 0.5 },
    ['share'],
  ),
};

/** A new fault of that kind on that module, with the usual numbers. */
export function newFault(kind: FaultKind, module: string, peer: string | undefined): Fault {
  const { defaults, parameters } = faultWords[kind];
  return { kind, module, ...defaults, ...(parameters.includes('peer') && peer !== undefined ? { peer } : {}) };
}
