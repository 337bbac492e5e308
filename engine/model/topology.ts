import { z } from 'zod';
import type { Application } from './application.ts';
import { languageOf, languageProblems, languages, type Language } from './language.ts';
import { nameRule } from './name-rule.ts';
import { nameSchema } from './name.ts';
import { own } from './own.ts';
import { isShared, mostUnits, writersIn } from './unit.ts';

/** More instances than that no unit starts with. */
const mostInstances = 64;

export const unitSchema = z.strictObject({
  name: nameSchema,
  modules: z.array(nameSchema).min(1),
  /** Copies that run side by side; absent: one. */
  instances: z.number().int().min(1).max(mostInstances).optional(),
  /** In what its program is written; absent: TypeScript. */
  language: z.enum(languages).optional(),
});
/** One deployable: one image, one process, one or more modules. */
export type Unit = z.infer<typeof unitSchema>;

export const topologySchema = z.strictObject({ name: nameSchema, units: z.array(unitSchema).min(1).max(mostUnits) });
/** A partition of the application's modules into units. */
export type Topology = z.infer<typeof topologySchema>;

/** Says in one sentence each what keeps `topology` from being a partition of the application's modules whose units can run in their languages; empty when it is one. */
export function topologyProblems(topology: Topology, application: Application): string[] {
  const problems: string[] = [];
  const known = new Set(Object.keys(application.modules));
  const home = new Map<string, string>();
  const units = new Set<string>();
  for (const unit of topology.units) {
    if (units.has(unit.name))
      problems.push(`topology "${topology.name}": two units are named "${unit.name}"; unit names must differ`);
    units.add(unit.name);
    for (const module of unit.modules) {
      const other = home.get(module);
      if (!known.has(module)) {
        problems.push(
          `topology "${topology.name}", unit "${unit.name}": unknown module "${module}"; allowed: ${[...known].join(', ')}`,
        );
      } else if (other === unit.name) {
        problems.push(
          `topology "${topology.name}", unit "${unit.name}": module "${module}" is there twice; each module belongs to exactly one unit, once`,
        );
      } else if (other !== undefined) {
        problems.push(
          `topology "${topology.name}": module "${module}" is in two units ("${other}" and "${unit.name}"); each module belongs to exactly one`,
        );
      } else {
        home.set(module, unit.name);
      }
    }
  }
  for (const module of known) {
    if (!home.has(module))
      problems.push(
        `topology "${topology.name}": module "${module}" is in no unit; each module belongs to exactly one`,
      );
  }
  return problems.length > 0 ? problems : languageProblems(topology, application);
}

/** Says in one sentence each which units have more instances than their store allows; empty where it allows all. */
export function instanceProblems(topology: Topology, store: string, application: Application): string[] {
  return topology.units.flatMap((unit) => {
    const { name, instances = 1 } = unit;
    const writers = writersIn(unit, application);
    if (instances === 1 || isShared(store) || writers.length === 0) return [];
    return [
      `topology "${topology.name}", unit "${name}": ${instances} instances cannot share the store that ${writers.join(', ')} write${writers.length === 1 ? 's' : ''} to; allowed with store "${store}": 1, or several of a unit whose modules only read; several of any unit with store "postgres" or "postgres-per-unit"`,
    ];
  });
}

/** The topology of that name in the manifest, or undefined. */
export function namedTopology(application: Application, name: string): Topology | undefined {
  const units = own(application.topologies, name);
  if (units === undefined) return undefined;
  return { name, units: Object.entries(units).map(([unit, modules]) => ({ name: unit, modules })) };
}

/** How a cut is written on the command line. */
export const formOfCuts =
  'name=unit:module+module|unit:module, with unit*2:module for two instances of a unit and unit@go:module for one in Go';

/**
 * Reads a cut written on the command line: `name=unit:module+module|unit:module`, where `unit*3` is a unit of three copies and `unit@go` one in Go.
 * Throws an Error with one sentence when the text has another form; whether it is a partition is `topologyProblems`' question.
 */
export function parseTopology(given: string): Topology {
  // What is told of it must stay one line.
  const text = given.replaceAll(/\s/g, ' ');
  const form = `a cut is written ${formOfCuts}`;
  const [name, cut, ...rest] = text.split('=');
  if (name === undefined || cut === undefined || rest.length > 0)
    throw new Error(`topology "${text}" is not readable; ${form}`);
  const units = cut.split('|').map((part) => {
    const [, unit, copies, written, modules] = /^([^:*@]*)(?:\*([1-9]\d*))?(?:@([^:]*))?:([^:]*)$/.exec(part) ?? [];
    if (unit === undefined || modules === undefined)
      throw new Error(`topology "${text}" is not readable at "${part}"; ${form}`);
    const language = written === undefined ? undefined : languageNamed(text, unit, written);
    return {
      name: unit,
      modules: modules.split('+'),
      ...(copies === undefined ? {} : { instances: Number(copies) }),
      ...(language === undefined || language === 'typescript' ? {} : { language }),
    };
  });
  const many = units.find(({ instances = 1 }) => instances > mostInstances);
  if (many !== undefined)
    throw new Error(`topology "${text}": unit "${many.name}" may have 1 to ${mostInstances} instances; ${form}`);
  const parsed = topologySchema.safeParse({ name, units });
  if (!parsed.success) throw new Error(`topology "${text}" is not readable; ${form}; a name ${nameRule}`);
  return parsed.data;
}

function languageNamed(text: string, unit: string, written: string): Language {
  const language = languages.find((known) => known === written);
  if (language !== undefined) return language;
  throw new Error(
    `topology "${text}": unit "${unit}" cannot be in "${written}"; allowed: ${languages.join(', ')}; a cut is written ${formOfCuts}`,
  );
}

/** The inverse of `parseTopology`. */
export function formatTopology(topology: Topology): string {
  return `${topology.name}=${topology.units.map(formatUnit).join('|')}`;
}

function formatUnit(unit: Unit): string {
  const { name, modules, instances } = unit;
  const copies = instances === undefined ? '' : `*${instances}`;
  const language = languageOf(unit);
  return `${name}${copies}${language === 'typescript' ? '' : `@${language}`}:${modules.join('+')}`;
}
