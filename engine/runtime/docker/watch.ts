import type Docker from 'dockerode';
import { delay } from '../deadline.ts';
import { LABEL } from '../labels.ts';
import { Vanished } from '../vanished.ts';
import { LIMIT_MS, engineCall } from './call.ts';
import { followEvents } from './events.ts';
import type { ContainerEvent } from './events.ts';

/** An engine that was away this long is not waited for. */
const AWAY_MS = 3000;
const LOOK_AGAIN_MS = 200;
/** A removal ends a container first and unlists it a little later. */
const REMOVAL_MS = 1500;
/** How far before the first moment that is known of the site the engine is asked again, s: its clock may have been set back meanwhile. */
const OVERLAP_S = 10;
/** Events that are remembered, to know what is told again: an engine keeps a few hundred of all its containers. */
const MOST_REMEMBERED = 20_000;
const DOWN = new Set(['created', 'exited', 'dead']);

/**
 * Knows what a site has made on the engine and has not removed itself, and tells when something of it is gone. What a fault does to a container
 * (a crash, a kill, a pause, a cut connection) leaves it listed: only a removal, or an engine that went away, takes it.
 */
export class SiteWatch {
  readonly #docker: Docker;
  readonly #siteId: string;
  readonly #ended: AbortSignal;
  readonly #onEvent: (event: ContainerEvent) => void;
  readonly #vanished = new Vanished();
  readonly #containers = new Map<string, string>();
  readonly #networks = new Map<string, string>();
  readonly #stopped = new Set<string>();
  /** How often each event was told, oldest first. */
  readonly #told = new Map<string, number>();
  /** The earliest moment of the engine's clock that is known of the site, ms since the epoch. Later ones are no place to go on from: a clock that is set back tells old times of new events. */
  #sinceMs: number | null = null;

  constructor(docker: Docker, siteId: string, ended: AbortSignal, onEvent: (event: ContainerEvent) => void) {
    this.#docker = docker;
    this.#siteId = siteId;
    this.#ended = ended;
    this.#onEvent = onEvent;
  }

  get vanished(): AbortSignal {
    return this.#vanished.signal;
  }

  expectNetwork(id: string, title: string): void {
    this.#networks.set(id, title);
  }

  expectContainer(id: string, title: string): void {
    this.#containers.set(id, title);
  }

  /** To be called before this program removes it. */
  release(id: string): void {
    this.#containers.delete(id);
  }

  /** Whether this program wants a container of its own to run. */
  wishRunning(id: string, wanted: boolean): void {
    if (wanted) this.#stopped.delete(id);
    else this.#stopped.add(id);
  }

  /** Resolves when the engine has begun to tell. */
  async start(): Promise<void> {
    const sinceS = this.#sinceMs === null ? null : Math.max(0, Math.floor(this.#sinceMs / 1000) - OVERLAP_S);
    // The engine tells all since then once more, each event as often as before.
    const again = new Map(this.#told);
    const { ended } = await followEvents(this.#docker, this.#siteId, { signal: this.#ended, sinceS }, (event) => {
      if (this.#isToldAgain(event, again)) return;
      const title = this.#containers.get(event.containerId);
      // Podman says `remove` where Docker says `destroy`.
      if (title !== undefined && (event.action === 'destroy' || event.action === 'remove'))
        this.#tell([`container ${title}`]);
      this.#onEvent(event);
    });
    void ended.then(() => this.#onSilence());
  }

  #isToldAgain({ atMs, containerId, action }: ContainerEvent, again: Map<string, number>): boolean {
    const key = `${atMs} ${containerId} ${action}`;
    const before = again.get(key) ?? 0;
    if (before > 0) {
      again.set(key, before - 1);
      return true;
    }
    this.#told.set(key, (this.#told.get(key) ?? 0) + 1);
    const [oldest] = this.#told.size > MOST_REMEMBERED ? this.#told.keys() : [];
    if (oldest !== undefined) this.#told.delete(oldest);
    this.#lived(atMs);
    return false;
  }

  #lived(atMs: number): void {
    if (atMs > 0 && (this.#sinceMs === null || atMs < this.#sinceMs)) this.#sinceMs = atMs;
  }

  /** Looks twice, and longer while something is down that should run. Rejects with the signal's reason when something is gone. */
  async look(): Promise<void> {
    const endMs = performance.now() + REMOVAL_MS;
    for (let looks = 1; !this.vanished.aborted; looks += 1) {
      const { missing, stopped } = await this.#compare();
      if (missing.length > 0) this.#tell(missing);
      else if (looks > 1 && (stopped.length === 0 || performance.now() > endMs)) return;
      else await delay(LOOK_AGAIN_MS);
      if (this.#ended.aborted) return;
    }
    this.vanished.throwIfAborted();
  }

  /** The engine has stopped telling: it went away, and may have taken the containers along. */
  async #onSilence(): Promise<void> {
    const endMs = performance.now() + AWAY_MS;
    while (!this.#ended.aborted && !this.vanished.aborted) {
      try {
        const { missing, stopped } = await this.#compare();
        if (missing.length + stopped.length > 0) return this.#tell([...missing, ...stopped]);
        return await this.start();
      } catch {
        if (performance.now() > endMs) return this.#tell(['the container engine, which does not answer any more']);
        await delay(LOOK_AGAIN_MS);
      }
    }
  }

  #tell(what: readonly string[]): void {
    if (!this.#ended.aborted) this.#vanished.tell(what);
  }

  /** What is no longer listed, or on its way out; and what is listed and down although it should run. */
  async #compare(): Promise<{ missing: string[]; stopped: string[] }> {
    const expected = [...this.#containers, ...this.#networks];
    const filters = { label: [`${LABEL.site}=${this.#siteId}`] };
    const [containers, networks] = await engineCall(
      'Looking for what was started',
      LIMIT_MS.ask,
      this.#ended,
      async (abortSignal) =>
        Promise.all([
          this.#docker.listContainers({ all: true, filters, abortSignal }),
          this.#docker.listNetworks({ filters, abortSignal }),
        ]),
    );
    // By the engine's clock, and before anything that could be told: what went by before the first event is not lost.
    for (const { Created } of networks) this.#lived(Date.parse(Created));
    const staying = containers.filter(({ State }) => State !== 'removing');
    const listed = new Set([...staying, ...networks].map(({ Id }) => Id));
    // What was released while the engine answered is gone by our own wish.
    const isExpected = (id: string): boolean => this.#containers.has(id) || this.#networks.has(id);
    const missing = expected.filter(([id]) => !listed.has(id) && isExpected(id));
    const stopped = staying.filter(
      ({ Id, State }) => DOWN.has(State) && this.#containers.has(Id) && !this.#stopped.has(Id),
    );
    return {
      missing: missing.map(([id, title]) => `${this.#networks.has(id) ? 'network' : 'container'} ${title}`),
      stopped: stopped.map(({ Id }) => `container ${this.#containers.get(Id) ?? Id} (stopped)`),
    };
  }
}
