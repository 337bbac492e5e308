import type { Application } from './application.ts';
import { namedTopology } from './topology.ts';
import { settingsSchema, type Settings, type Variant } from './variant.ts';

/** A variant that is a topology of the manifest with default settings. Throws when the manifest has none of that name. */
export function manifestVariant(
  application: Application,
  topology: string,
  change: { name?: string; settings?: Partial<Settings> } = {},
): Variant {
  const cut = namedTopology(application, topology);
  if (cut === undefined) {
    const allowed = Object.keys(application.topologies).join(', ');
    throw new Error(`application "${application.name}" has no topology "${topology}"; it has: ${allowed}`);
  }
  return {
    name: change.name ?? topology,
    topology: cut,
    settings: { ...settingsSchema.parse({}), ...change.settings },
  };
}

/** The two ends of the scale: the manifest's `monolith` and `microservices`, or its first and last topology. */
export function endsOfScale(application: Application): Variant[] {
  const names = Object.keys(application.topologies);
  const pick = (wanted: string, other: string | undefined) => (names.includes(wanted) ? wanted : (other ?? wanted));
  const ends = new Set([pick('monolith', names[0]), pick('microservices', names.at(-1))]);
  return [...ends].map((name) => manifestVariant(application, name));
}
