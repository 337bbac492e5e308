import { isDeepStrictEqual } from 'node:util';
import type { Experiment } from '../../engine/model/index.ts';
import { readExperimentFile, savedExperiments } from '../../engine/storage/index.ts';
import type { ExportedFile } from '../host-protocol/index.ts';

/** The experiments people saved, and their files. */
export interface Experiments {
  list(): Promise<Experiment[]>;
  save(experiment: Experiment): Promise<Experiment[]>;
  /** Moves it to the trash; answers what it is called there. */
  delete(name: string): Promise<string | null>;
  /** Checks a file and keeps it, under another name when its own is another experiment's; it is not run. */
  importFile(file: string): Promise<{ experiment: Experiment; isNew: boolean }>;
  /** The file that the command line runs as it is. */
  render(experiment: Experiment): ExportedFile;
}

/** `onChange` hears of every change. */
export function openExperiments(dataDirectory: () => string, onChange: () => void = () => undefined): Experiments {
  const announced = async <T>(work: Promise<T>): Promise<T> => {
    const value = await work;
    onChange();
    return value;
  };
  const saved = () => savedExperiments(dataDirectory());
  return {
    list: () => saved().list(),
    save: async (experiment) => {
      await announced(saved().save(experiment));
      return saved().list();
    },
    delete: (name) => announced(saved().delete(name)),
    importFile: async (file) => {
      const read = await readExperimentFile(file);
      const known = await saved().list();
      const same = known.find(
        (one) => isCopyOf(one.name, read.name) && isDeepStrictEqual({ ...one, name: read.name }, read),
      );
      if (same !== undefined) return { experiment: same, isNew: false };
      const experiment = { ...read, name: freeName(read.name, new Set(known.map((one) => one.name))) };
      await announced(saved().save(experiment));
      return { experiment, isNew: true };
    },
    render: (experiment) => ({
      fileName: `${experiment.name}.cleave`,
      content: `${JSON.stringify(experiment, null, 2)}\n`,
    }),
  };
}

/** Whether `name` is one that `freeName` gives to something that wanted to be called `wanted`. Pure. */
export function isCopyOf(name: string, wanted: string): boolean {
  const suffix = /-\d+$/.exec(name)?.[0] ?? '';
  return name === wanted || (suffix !== '' && name === `${wanted.slice(0, 40 - suffix.length)}${suffix}`);
}

/** `name`, or the first of `name-2`, `name-3`, ... that is not taken; never longer than a name may be. Pure. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : `-${number}`;
    const candidate = `${name.slice(0, 40 - suffix.length)}${suffix}`;
    if (!taken.has(candidate)) return candidate;
  }
}
