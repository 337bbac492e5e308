/** Every kind of fault the laboratory knows; what each means is in the fault catalogue. Without its schema, so that what only says faults in words needs none. */
export const faultKinds = [
  /** Nothing is done: the control, whose matrix must be empty. */
  'none',
  'crash',
  'crash-stays-down',
  'hang',
  'freeze',
  'slow',
  'errors',
  'event-loop-block',
  'cpu-hog',
  'cpu-starvation',
  'out-of-memory',
  'memory-leak',
  'partition',
  'black-hole',
  'connection-reset',
  'provider-outage',
  'store-outage',
  /** Of the server that holds the module's data, where there is one. */
  'store-crash',
  'store-connections',
  'store-freeze',
  'store-partition',
  'store-starvation',
  'bad-release-unready',
  'bad-release-errors',
] as const;
export type FaultKind = (typeof faultKinds)[number];
