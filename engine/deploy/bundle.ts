import { buildDescription, buildPrograms, thisMachine, Unbuildable } from '../languages/index.ts';
import type { PackagesOfOthers, Program, Target } from '../languages/index.ts';
import { languageOf, languageTitles, type Application, type Unit } from '../model/index.ts';
import type { UnitSource } from '../runtime/index.ts';
import { noEdit, type Edit } from './edit.ts';
import type { Laboratory } from './laboratory.ts';

/** A unit's program could not be made; the message names the unit and the first error. */
export class BundleError extends Error {
  override name = 'BundleError';
}

/** What a unit's program was made from. */
export interface BundledUnit extends UnitSource, Omit<Program, 'files' | 'hash'> {}

/** How programs are made. */
export interface BundleOptions {
  /** Files as they are after changes, which are on no disk; none where it is left out. */
  edit?: Pick<Edit, 'files'>;
  packages?: PackagesOfOthers;
  /** What they are to run on; this machine where it is left out. */
  target?: Target;
  signal?: AbortSignal;
}

type Places = Pick<Laboratory, 'applicationsDirectory' | 'workDirectory'>;

/**
 * Makes one program of each unit's modules, and no others, with the application's kit, by name of the unit. The program of a unit is the same whatever is made with it. Throws BundleError, or
 * the signal's reason.
 */
export async function bundleUnits(
  { applicationsDirectory, workDirectory }: Places,
  application: Application,
  units: readonly Unit[],
  { edit = noEdit, packages = 'bundled', target = thisMachine(), signal }: BundleOptions = {},
): Promise<Map<string, BundledUnit>> {
  const programs = await buildPrograms({
    ...{ applicationsDirectory, workDirectory, application, units, files: edit.files, packages, target, signal },
  }).catch((error: unknown) => {
    throw error instanceof Unbuildable ? new BundleError(sentenceOf(error, application, units)) : error;
  });
  return new Map(
    units.map((unit): [string, BundledUnit] => {
      const program = programs.get(unit.name);
      if (program === undefined)
        throw new BundleError(`unit "${unit.name}" cannot be bundled: the bundler wrote nothing`);
      return [unit.name, { unit, application: application.name, language: languageOf(unit), ...program }];
    }),
  );
}

function sentenceOf({ unit: name, message }: Unbuildable, application: Application, units: readonly Unit[]): string {
  const unit = units.find((one) => one.name === name);
  if (unit === undefined) return `units of "${application.name}" cannot be bundled: ${message}`;
  const language = languageOf(unit);
  const how = language === 'typescript' ? 'bundled' : `built in ${languageTitles[language]}`;
  return `unit "${unit.name}" cannot be ${how}: ${message}`;
}

/** A program that writes the OpenAPI document of a unit's modules to its standard output and ends. See `buildDescription`. Throws BundleError. */
export async function bundleDescription(
  applicationsDirectory: string,
  application: Application,
  unit: Unit,
  { files }: Pick<Edit, 'files'> = noEdit,
): Promise<Uint8Array> {
  return buildDescription({ applicationsDirectory, application, files }, unit).catch((error: unknown) => {
    throw error instanceof Unbuildable
      ? new BundleError(`the contract of "${unit.name}" cannot be bundled: ${error.message}`)
      : error;
  });
}
