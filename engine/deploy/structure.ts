import { readFile } from 'node:fs/promises';
import { sep } from 'node:path';
import {
  printable,
  unitOf,
  type Application,
  type ChangeReach,
  type OfferedContract,
  type StructuredModule,
  type StructuredUnit,
  type StructureMeasurement,
  type StructureSettings,
  type Topology,
} from '../model/index.ts';
import { BundleError, type BundledUnit } from './bundle.ts';
import { ChangeError } from './edit.ts';
import { impactOfChanges } from './impact.ts';
import type { Laboratory } from './laboratory.ts';
import { linesOfCode } from './lines-of-code.ts';
import { ownerOfFiles } from './own-files.ts';

/** What it takes to look at an application's structure: nothing of it is deployed. */
export type StructureLaboratory = Pick<Laboratory, 'applicationsDirectory' | 'bundle' | 'edit' | 'offers'>;

/**
 * What the units of a cut are made of, from the programs that the bundler makes of them. `programs`: those, where they are made already. Changes that cannot be made to the source as it is are told in
 * `changesReason`. Throws BundleError, or the signal's reason.
 */
export async function measureStructure(
  laboratory: StructureLaboratory,
  application: Application,
  topology: Topology,
  {
    changes,
    programs: made,
    signal,
  }: StructureSettings & { programs?: ReadonlyMap<string, BundledUnit>; signal?: AbortSignal },
): Promise<StructureMeasurement> {
  const programs = made ?? (await laboratory.bundle(application, topology.units, { signal }));
  signal?.throwIfAborted();
  const offers = await offersIn(laboratory, application, signal);
  const ownerOf = ownerOfFiles(laboratory.applicationsDirectory, application);
  const modules = await Promise.all(
    Object.keys(application.modules).map(async (module): Promise<StructuredModule> => {
      const unit = unitOf(topology, module);
      const files = programOf(programs, unit.name).sources.filter((file) => ownerOf(file) === module);
      const lines = await Promise.all(files.map(async (file) => linesOfCode(await readFile(file, 'utf8'), file)));
      const { operations, examples = null } = offers.get(module) ?? {};
      return {
        module,
        files: files.length,
        lines: lines.reduce((sum, one) => sum + one, 0),
        operations: operations?.map(({ name }) => name) ?? null,
        ...(operations === undefined ? {} : { contract: operations }),
        ...(examples === null ? {} : { examples }),
      };
    }),
  );
  signal?.throwIfAborted();
  return {
    modules,
    units: topology.units.map(({ name, modules: of }) => ({
      ...{ unit: name, modules: [...of] },
      ...weightOf(programOf(programs, name)),
    })),
    ...(changes ? await reachOf(laboratory, application, topology, signal) : { changes: null, changesReason: null }),
  };
}

const contracts = new WeakMap<Application, Promise<ReadonlyMap<string, OfferedContract>>>();

/** The same for every cut of an application, and so asked for once. */
function offersIn(
  laboratory: StructureLaboratory,
  application: Application,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, OfferedContract>> {
  const found = contracts.get(application);
  if (found !== undefined) return found;
  const asked = laboratory.offers(application, signal);
  contracts.set(application, asked);
  asked.catch(() => contracts.delete(application));
  return asked;
}

const known = new WeakMap<object, Promise<StructureMeasurement>>();

/** The same, once for all deployments of one build of a cut, since they have the same programs. What failed is tried again. */
export function structureOf(
  build: object,
  measure: () => Promise<StructureMeasurement>,
): Promise<StructureMeasurement> {
  const found = known.get(build);
  if (found !== undefined) return found;
  const measuring = measure();
  known.set(build, measuring);
  measuring.catch(() => known.delete(build));
  return measuring;
}

function programOf(programs: ReadonlyMap<string, BundledUnit>, unit: string): BundledUnit {
  const program = programs.get(unit);
  if (program === undefined) throw new BundleError(`unit "${unit}" cannot be bundled: the bundler wrote nothing`);
  return program;
}

/** Bytes of a program, and which packages of others they are of. */
function weightOf({ files, bytes }: BundledUnit): Pick<StructuredUnit, 'bundleBytes' | 'packages'> {
  const packages = new Map<string, number>();
  for (const [file, size] of bytes) {
    const name = packageOf(file);
    if (name !== null && size > 0) packages.set(name, (packages.get(name) ?? 0) + size);
  }
  return {
    bundleBytes: Object.values(files).reduce((sum, file) => sum + file.length, 0),
    packages: [...packages].map(([name, size]) => ({ name: printable(name), bytes: size })),
  };
}

/** The package that a file is of, by the innermost folder of packages that it lies in; null: of none. */
function packageOf(file: string): string | null {
  const parts = file.split(sep);
  const at = parts.lastIndexOf('node_modules');
  const [first, second] = parts.slice(at + 1);
  if (at === -1 || first === undefined) return null;
  return first.startsWith('@') && second !== undefined ? `${first}/${second}` : first;
}

async function reachOf(
  laboratory: StructureLaboratory,
  application: Application,
  topology: Topology,
  signal: AbortSignal | undefined,
): Promise<Pick<StructureMeasurement, 'changes' | 'changesReason'>> {
  try {
    const changes = Object.keys(application.changes ?? {});
    const impacts = await impactOfChanges(laboratory, application, { topologies: [topology], changes, signal });
    return {
      changes: impacts.map(({ change, modules, units }): ChangeReach => ({
        ...{ change, modules, units: units[topology.name] ?? [] },
      })),
      changesReason: null,
    };
  } catch (error) {
    if (!(error instanceof ChangeError || error instanceof BundleError)) throw error;
    return { changes: null, changesReason: printable(error.message) };
  }
}
