import path from 'node:path';
import { experimentSchema, type Experiment } from '../../engine/model/index.ts';
import type { ExportedFile } from '../host-protocol/index.ts';
import { openLibrary } from './library.ts';
import { readUntrusted } from './untrusted-file.ts';

const maximumBytes = 2 ** 20;

/** The experiments people saved, and their files. */
export interface Experiments {
  list(): Promise<Experiment[]>;
  save(experiment: Experiment): Promise<Experiment[]>;
  delete(name: string): Promise<Experiment[]>;
  /** Checks a file and keeps it, under another name when its own is taken; it is not run. */
  importFile(file: string): Promise<Experiment>;
  render(experiment: Experiment): ExportedFile;
}

export function openExperiments(dataDirectory: () => string): Experiments {
  const library = () => openLibrary(path.join(dataDirectory(), 'experiments'), experimentSchema);
  const list = () => library().list();
  return {
    list,
    save: async (experiment) => {
      await library().save(experiment.name, experiment);
      return list();
    },
    delete: async (name) => {
      await library().delete(name);
      return list();
    },
    importFile: async (file) => {
      const read = await readUntrusted(file, experimentSchema, 'experiment', maximumBytes);
      const taken = new Set((await list()).map((experiment) => experiment.name));
      const experiment = { ...read, name: freeName(read.name, taken) };
      await library().save(experiment.name, experiment);
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
