import { existsSync } from 'node:fs';
import { Vanished } from '../vanished.ts';
import { hasRecord } from './record.ts';
import { siteFolder } from './site-folder.ts';

const LOOK_MS = 1000;

/**
 * Tells when somebody else has cleaned up a site: its record or its folder is gone. A process that ends alone is a crash, which a fault or the
 * application may have made, and is healed.
 */
export class ProcessSiteWatch {
  readonly #place: { stateDir: string; workDir: string };
  readonly #siteId: string;
  readonly #vanished = new Vanished();
  #timer: NodeJS.Timeout | null = null;

  constructor(place: { stateDir: string; workDir: string }, siteId: string) {
    this.#place = place;
    this.#siteId = siteId;
  }

  get vanished(): AbortSignal {
    return this.#vanished.signal;
  }

  /** To be called once record and folder are there. */
  start(): void {
    this.#timer = setInterval(() => this.look(), LOOK_MS).unref();
  }

  look(): void {
    if (this.#timer === null) return;
    const { stateDir, workDir } = this.#place;
    const missing = [
      ...(hasRecord(stateDir, this.#siteId) ? [] : ['the record of its processes']),
      ...(existsSync(siteFolder(workDir, this.#siteId)) ? [] : ['its folder']),
    ];
    if (missing.length === 0) return;
    this.stop();
    this.#vanished.tell(missing);
  }

  /** To be called before this program removes them itself. */
  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}
