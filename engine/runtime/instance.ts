/**
 * What an instance is called where names are unique, as on a network. A unit's name has no dot, so that no unit is called like it; and the last label must not be a number, or
 * the whole would be read as an IPv4 address (URL Standard, 3.5).
 */
export function instanceName(unit: string, instance: number): string {
  return instance === 0 ? unit : `i${instance}.${unit}`;
}

/** What people read. */
export function instanceTitle(unit: string, instance: number): string {
  return instance === 0 ? `unit "${unit}"` : `instance ${instance} of unit "${unit}"`;
}
