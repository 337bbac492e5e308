import type Docker from 'dockerode';
import { launchOf } from '../../languages/index.ts';
import type { Language } from '../../model/index.ts';
import { onceDone } from '../closing.ts';
import { ensureBaseImage, pythonBase, type BaseImage } from './base-image/index.ts';
import { SCRATCH, type Below } from './below.ts';
import { layersOf, type BaseLayers } from './look.ts';

export interface BasesOptions {
  docker: Docker;
  /** What the agent and units in TypeScript stand on, which is there from the start. */
  node: BaseImage;
  /** Folder for temporary files. */
  workDir: string;
}

/** What the images of units stand on, by the language of the unit; made when it is first asked for. */
export class Bases {
  readonly #options: BasesOptions;
  readonly #layers = new Map<string, () => Promise<readonly string[]>>();
  #python: BaseImage | null = null;

  constructor(options: BasesOptions) {
    this.#options = options;
  }

  /** Throws an Error with a sentence where it cannot be had. */
  async of(language: Language, how: { signal?: AbortSignal; onProgress?: (text: string) => void }): Promise<Below> {
    const { docker, node, workDir } = this.#options;
    switch (launchOf(language).interpreter) {
      case 'node':
        return node;
      case 'python':
        return (this.#python ??= await ensureBaseImage(docker, pythonBase, { ...how, workDir }));
      case null:
        return SCRATCH;
    }
  }

  /** Of those layers, what is to be seen in every image of that language. */
  async layersOf(language: Language): Promise<BaseLayers> {
    const below = await this.of(language, {});
    const layers =
      below === SCRATCH
        ? () => Promise.resolve([])
        : (this.#layers.get(below.id) ?? onceDone(() => layersOf(this.#options.docker, below.id)));
    this.#layers.set(below.id, layers);
    return { id: below.id, layers };
  }
}
