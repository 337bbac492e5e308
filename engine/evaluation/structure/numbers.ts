import {
  languageOf,
  languageTitles,
  type Application,
  type Language,
  type StructureMeasurement,
  type StructuredUnit,
  type Topology,
} from '../../model/index.ts';
import { couplingOf, type Call, type Coupling, type Part } from './coupling.ts';
import { declaredCalls } from './declared.ts';
import { usageCohesion } from './usage.ts';

/** What a unit, or a module alone, is made of and has to do with others. Calls are those declared. */
export interface StructureNumbers extends Coupling {
  name: string;
  modules: string[];
  /** In which it runs in this cut. */
  language: Language;
  /** Lines of code of its own. */
  lines: number;
  /** Operations of its contract; null where they are not known. */
  operations: number | null;
  /** What its program weighs; null of a module that has no program of its own. */
  program: { bundleBytes: number; packages: string[]; dependencyBytes: number } | null;
  /** SIUC; null where it is not known. */
  usage: number | null;
  /** Calls of a journey as they were seen; null where nobody looked. */
  seenIn: number | null;
  seenOut: number | null;
}

/** A call that was seen; `callsPerJourney`: null where only that it is made is known. */
export interface SeenEdge extends Call {
  operation: string;
}

/** The numbers of one cut, by unit and by module. `edges`: what was seen of calls in its deployments; null where nobody looked. Pure. */
export function structureNumbers(
  application: Application,
  topology: Topology,
  measured: StructureMeasurement,
  edges: readonly SeenEdge[] | null,
): { units: StructureNumbers[]; modules: StructureNumbers[] } {
  const byModule = new Map(measured.modules.map((one) => [one.module, one]));
  const declared = declaredCalls(application);
  const inLanguage = ({ modules: [first] }: Part): Language =>
    languageOf(topology.units.find(({ modules }) => first !== undefined && modules.includes(first)) ?? {});
  const rowsOf = (parts: readonly Part[], unitOf: (name: string) => StructuredUnit | undefined): StructureNumbers[] => {
    const coupling = couplingOf(parts, declared);
    const isCounted = edges?.every(({ callsPerJourney }) => callsPerJourney !== null) === true;
    const seen = isCounted ? couplingOf(parts, edges) : null;
    return parts.map((part) => {
      const unit = unitOf(part.name);
      const own = part.modules.flatMap((module) => byModule.get(module) ?? []);
      const found = coupling.get(part.name) ?? nothing;
      return {
        ...{ name: part.name, modules: [...part.modules], language: inLanguage(part) },
        lines: own.reduce((sum, { lines }) => sum + lines, 0),
        operations: own.reduce<number | null>(
          (sum, { operations }) => (sum === null || operations === null ? null : sum + operations.length),
          0,
        ),
        program: unit === undefined ? null : programOf(unit),
        ...found,
        usage:
          edges === null
            ? null
            : usageCohesion(
                part,
                parts.filter(({ name }) => found.consumers.includes(name)),
                operationsOf(measured),
                edges,
              ),
        seenIn: seen?.get(part.name)?.callsIn ?? null,
        seenOut: seen?.get(part.name)?.callsOut ?? null,
      };
    });
  };
  return {
    units: rowsOf(topology.units, (unit) => measured.units.find((one) => one.unit === unit)),
    modules: rowsOf(
      Object.keys(application.modules).map((name) => ({ name, modules: [name] })),
      (module) => measured.units.find(({ modules: [first, more] }) => first === module && more === undefined),
    ),
  };
}

function programOf({ bundleBytes, packages }: StructuredUnit): StructureNumbers['program'] {
  return {
    bundleBytes,
    packages: packages.map(({ name }) => name),
    dependencyBytes: packages.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** Each module once in each language that it runs in, from several cuts: from one in which it has a program of its own, where there is one. Pure. */
export function modulesOver(cuts: readonly { modules: readonly StructureNumbers[] }[]): StructureNumbers[] {
  const all = cuts.flatMap(({ modules }) => modules);
  return (cuts[0]?.modules ?? []).flatMap(({ name: of }) => {
    const rows = all.filter(({ name }) => name === of);
    return [...new Set(rows.map(({ language }) => language))].flatMap((language) => {
      const inIt = rows.filter((row) => row.language === language);
      return inIt.find(({ program }) => program !== null) ?? inIt[0] ?? [];
    });
  });
}

/** What a unit or module is called in a table: with its language, where that is not what all others have. Pure. */
export function partTitle({ name, language }: Pick<StructureNumbers, 'name' | 'language'>): string {
  return language === 'typescript' ? name : `${name} (${languageTitles[language]})`;
}

const nothing: Coupling = { consumers: [], providers: [], instability: null, callsIn: 0, callsOut: 0 };

function operationsOf({ modules }: StructureMeasurement): Map<string, readonly string[]> {
  return new Map(
    modules.flatMap(({ module, operations }) => (operations === null ? [] : [[module, operations] as const])),
  );
}
