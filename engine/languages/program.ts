import type { Application, Unit } from '../model/index.ts';
import type { Target } from './target.ts';

/** What is made of a unit's sources. */
export interface Program {
  /** All of it, by relative path; what is started is the one that `launchOf` names. Empty where packages of others, or what a compiler makes, are left out. */
  files: Record<string, Uint8Array>;
  /** The same for the same sources; of others another. */
  hash: string;
  /** Absolute paths of the files that it is made of. */
  sources: readonly string[];
  /** Folders of which every file is in it, one that is added too. */
  folders: readonly string[];
  /** Bytes of the program that come from each source, where that can be told. */
  bytes: ReadonlyMap<string, number>;
}

/** `left-out`: no program to run, but tells ten times as fast whether one is another: packages of others are not in it, and nothing is compiled. */
export type PackagesOfOthers = 'bundled' | 'left-out';

/** Programs to make, all in one language. */
export interface BuildOrder {
  /** Folder with one folder an application. */
  applicationsDirectory: string;
  application: Application;
  units: readonly Unit[];
  /** Files as they are after changes, which are on no disk, by absolute path. */
  files: ReadonlyMap<string, string>;
  packages: PackagesOfOthers;
  /** What the programs are to run on. */
  target: Target;
  /** Where compilers keep what they find again. */
  workDirectory: string;
  signal: AbortSignal | undefined;
}

/** Makes the programs of units in its language, by name of the unit. Throws Unbuildable, or the signal's reason. */
export type Builder = (order: BuildOrder) => Promise<Map<string, Program>>;

/** A program cannot be made; the message is what is wrong, in one line, and `unit` whose it is, where that is known. */
export class Unbuildable extends Error {
  override name = 'Unbuildable';
  readonly unit: string | null;

  constructor(unit: string | null, reason: string) {
    super(reason);
    this.unit = unit;
  }
}

/** What an error says, in one line. */
export function firstWords(error: unknown): string {
  return (error instanceof Error ? error.message : String(error))
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 2)
    .join(' ');
}

/** The programs of units that are made each by itself. Throws as a `Builder` does. */
export async function oneByOne(
  { units, signal }: BuildOrder,
  make: (unit: Unit) => Promise<Program>,
): Promise<Map<string, Program>> {
  const programs = new Map<string, Program>();
  for (const unit of units) {
    const program = await make(unit).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw error instanceof Unbuildable ? error : new Unbuildable(unit.name, firstWords(error));
    });
    programs.set(unit.name, program);
  }
  return programs;
}
