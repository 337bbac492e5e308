import type { AgentClient } from '../agent/index.ts';
import { measureOffset, type Clock, type MeasuredOffset } from '../clock/index.ts';
import { toldWithinMs, type ClockOffset } from '../model/index.ts';
import type { Runtime } from '../runtime/index.ts';

/** Readings of a clock, of which the one with the shortest round trip counts. */
const readings = { agent: 5, engine: 3, unit: 3 };
/** A time that a unit gave by its own clock, with the moments of the request by which it did in the laboratory's. */
export interface Told {
  atMs: number;
  startedAtMs: number;
  endedAtMs: number;
}

/**
 * The clocks of one deployment, measured against the laboratory's. Every time that comes from outside passes here once and is the laboratory's
 * from then on.
 */
export class Clocks {
  readonly #clock: Clock;
  readonly #measured = new Map<string, { first: MeasuredOffset; last: MeasuredOffset }>();

  /** @param clock one whose instants do not jump */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async measureAgent(agent: Pick<AgentClient, 'ping'>): Promise<void> {
    this.#keep('agent', await measureOffset(this.#clock, async () => (await agent.ping()).atMs, readings.agent));
  }

  /** A runtime that cannot tell its time leaves events at the moment they were told. */
  async measureEngine(runtime: Pick<Runtime, 'nowMs'>, signal?: AbortSignal): Promise<void> {
    const measured = await measureOffset(this.#clock, () => runtime.nowMs(signal), readings.engine).catch(() => null);
    signal?.throwIfAborted();
    if (measured !== null) this.#keep('engine', measured);
  }

  /** @param ask lets the unit tell its time; a unit that does not answer is known by its requests' moments alone */
  async measureUnit(unit: string, ask: () => Promise<Told>): Promise<void> {
    for (let reading = 0; reading < readings.unit; reading += 1) {
      const told = await ask().catch(() => null);
      if (told === null) return;
      const roundTripMs = told.endedAtMs - told.startedAtMs;
      const known = this.#measured.get(unitKey(unit));
      if (known !== undefined && known.last.roundTripMs <= roundTripMs) continue;
      const offsetMs = told.atMs - (told.startedAtMs + roundTripMs / 2);
      const measured = { offsetMs, roundTripMs, atMs: this.#clock.nowMs() };
      this.#measured.set(unitKey(unit), { first: measured, last: measured });
    }
  }

  /** A time by the agent's clock in the laboratory's. */
  agentMs(atMs: number): number {
    return atMs - (this.#measured.get('agent')?.last.offsetMs ?? 0);
  }

  /** A time that a unit gave in the laboratory's clock: never outside the request by which it was given, whatever the unit's clock did. */
  unitMs(unit: string, { atMs, startedAtMs, endedAtMs }: Told): number {
    const offsetMs = this.#measured.get(unitKey(unit))?.last.offsetMs;
    if (offsetMs === undefined) return (startedAtMs + endedAtMs) / 2;
    return Math.min(Math.max(atMs - offsetMs, startedAtMs), endedAtMs);
  }

  /** A time of the engine's that was told now, in the laboratory's clock. */
  engineMs(atMs: number): number {
    // The engine tells at once: an event that is much older or newer when it is told was stamped by a clock that has been set.
    const toldAtMs = this.#clock.nowMs();
    const offsetMs = this.#measured.get('engine')?.last.offsetMs;
    if (offsetMs === undefined) return toldAtMs;
    const corrected = atMs - offsetMs;
    return Math.abs(toldAtMs - corrected) <= toldWithinMs ? Math.min(corrected, toldAtMs) : toldAtMs;
  }

  /** Everything that was measured, for the round. */
  get offsets(): ClockOffset[] {
    return [...this.#measured].flatMap(([key, { first, last }]) =>
      [...new Set([first, last])].map((measured) => ({ of: key, ...measured })),
    );
  }

  #keep(of: string, measured: MeasuredOffset): void {
    this.#measured.set(of, { first: this.#measured.get(of)?.first ?? measured, last: measured });
  }
}

function unitKey(unit: string): string {
  return `unit ${unit}`;
}
