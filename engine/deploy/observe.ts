import { createHash } from 'node:crypto';
import { launchOf } from '../languages/index.ts';
import { languages, type Language, type ObservedUnit } from '../model/index.ts';
import type { RunningUnit, UnitFacts } from '../runtime/index.ts';
import type { UnitIdentity } from './control.ts';

/** Variables that are told by themselves: what the unit is to be, which holds a secret, and what follows from its memory. */
const toldApart = new Set(['CLEAVE_UNIT', ...languages.flatMap((language) => launchOf(language).ofMemory)]);

/** What a unit was given: in `CLEAVE_UNIT`, as what it was built, and in which language. */
export interface GivenToUnit {
  configuration: string;
  reference: string;
  language: Language;
}

/** What one unit runs with, as the engine says, and what it is, as it says itself. */
export async function observeUnit(
  unit: RunningUnit,
  identity: () => Promise<UnitIdentity>,
  given: GivenToUnit,
  signal?: AbortSignal,
): Promise<ObservedUnit> {
  const [looked, { languageVersion, seedHash }] = await Promise.all([lookAtUnit(unit, given, signal), identity()]);
  return {
    ...looked,
    facts: {
      ...versionFacts(given.language, languageVersion),
      ...looked.facts,
      ...Object.fromEntries(Object.entries(seedHash).map(([module, hash]) => [`seed ${module}`, hash])),
    },
  };
}

/** What runs it; of a unit in another language also which. */
const versionFacts = (language: Language, version: string): Record<string, string> =>
  language === 'typescript' ? { nodeVersion: version } : { language, languageVersion: version };

/** What the engine alone says of it. */
export async function lookAtUnit(unit: RunningUnit, given: GivenToUnit, signal?: AbortSignal): Promise<ObservedUnit> {
  const { environment, builtAs, ...told } = await unit.facts(signal);
  return {
    unit: unit.name,
    instance: unit.instance,
    facts: {
      ...told,
      environment: inShort(environment),
      configured: environment === null ? null : environment['CLEAVE_UNIT'] === given.configuration,
      built: builtAs === null ? null : builtAs === given.reference,
    },
  };
}

/** What the engine says of a server of the store. Its environment holds a secret, and is nobody else's. */
export async function lookAtDatabase(
  server: RunningUnit,
  reference: string | undefined,
  signal?: AbortSignal,
): Promise<ObservedUnit> {
  const { environment: _, builtAs, ...told } = await server.facts(signal);
  return {
    ...{ unit: server.name, instance: server.instance, supporting: true },
    facts: { ...told, built: builtAs === null ? null : builtAs === reference },
  };
}

/** Names of the variables and a hash of what they hold, which may be private. */
function inShort(environment: UnitFacts['environment']): string | null {
  if (environment === null) return null;
  const entries = Object.entries(environment)
    .filter(([name]) => !toldApart.has(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash('sha256').update(JSON.stringify(entries)).digest('hex').slice(0, 12);
  return `${entries.map(([name]) => name).join(', ')} (${hash})`;
}
