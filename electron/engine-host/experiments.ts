import type { Experiment } from '../../engine/model/index.ts';
import { readExperimentFile, savedExperiments } from '../../engine/storage/index.ts';
import type { ExportedFile } from '../host-protocol/index.ts';

/** The experiments people saved, and their files. */
export interface Experiments {
  list(): Promise<Experiment[]>;
  save(experiment: Experiment): Promise<Experiment[]>;
  delete(name: string): Promise<Experiment[]>;
  /** Checks a file and keeps it, under another name when its own is taken; it is not run. */
  importFile(file: string): Promise<Experiment>;
  /** The file that the command line runs as it is. */
  render(experiment: Experiment): ExportedFile;
}

export function openExperiments(dataDirectory: () => string): Experiments {
  const saved = () => savedExperiments(dataDirectory());
  return {
    list: () => saved().list(),
    save: async (experiment) => {
      await saved().save(experiment);
      return saved().list();
    },
    delete: async (name) => {
      await saved().delete(name);
      return saved().list();
    },
    importFile: async (file) => {
      const read = await readExperimentFile(file);
      const taken = new Set((await saved().list()).map((experiment) => experiment.name));
      const experiment = { ...read, name: freeName(read.name, taken) };
      await saved().save(experiment);
      return experiment;
    },
    render: (experiment) => ({
      fileName: `${experiment.name}.cleave`,
      content: `${JSON.stringify(experiment, null, 2)}\n`,
    }),
  };
}

/** `name`, or the first of `name-2`, `name-3`, ... that is not taken; never longer than a name may be. Pure. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : `-${number}`;
    const candidate = `${name.slice(0, 40 - suffix.length)}${suffix}`;
    if (!taken.has(candidate)) return candidate;
  }
}
