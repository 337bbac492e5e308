import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { ConfigurationError, addressesSchema, type Configuration } from '../configuration.ts';
import { CallError } from '../errors.ts';
import { own } from '../own.ts';
import { Addresses } from './addresses.ts';
import { Pools } from './pools.ts';

/** Calls under way to an instance that is taken off the list have this long to end before that is told, ms. */
const settleLimitMs = 30_000;

const bodySchema = z.strictObject({ units: z.record(z.string(), addressesSchema) });
/** `start` tells one start of the instance from another; a process that takes the place of a crashed one is of the same. */
const fileSchema = z.object({ start: z.string(), units: bodySchema.shape.units });
type Lists = Record<string, string[]>;

type NeighboursConfiguration = Pick<Configuration, 'units' | 'dataDirectory' | 'instance' | 'control'>;

/** The other units as this one reaches them: where their instances answer, and the connections to them. */
export class Neighbours {
  readonly pools = new Pools();
  readonly #units: Configuration['units'];
  /** What was told since the start, for the process after this one: its own configuration is that of the first. */
  readonly #file: string;
  readonly #start: string;
  #told: Lists;
  readonly #addresses = new Map<string, Addresses>();

  constructor({ units, dataDirectory, instance, control }: NeighboursConfiguration) {
    // Lists are replaced here and nowhere else.
    this.#units = { ...units };
    this.#file = join(dataDirectory, `addresses-${instance}.json`);
    // The token is another one for every start, and not to be written down.
    this.#start = createHash('sha256').update(control.token).digest('hex');
    this.#told = read(this.#file, this.#start);
    for (const [unit, urls] of Object.entries(this.#told)) this.#set(unit, urls);
  }

  /** Throws `ConfigurationError` where no unit has the module. */
  assertKnown(module: string): void {
    this.#unitOf(module);
  }

  /** The instances of the unit that has the module. */
  addressesOf(module: string): Addresses {
    const unit = this.#unitOf(module);
    let addresses = this.#addresses.get(unit);
    if (addresses === undefined) {
      addresses = new Addresses(this.#units[unit]?.urls ?? []);
      this.#addresses.set(unit, addresses);
    }
    return addresses;
  }

  /**
   * Replaces the lists of the units that `body` names, `{ units: { name: [url] } }`. No call is lost: those under way to an instance that is no more end as they would have.
   * Resolves when they have, also those of an earlier list, `settled` false where some had not after 30 s. Rejects with `CallError` for a body or a unit that is not known;
   * nothing is replaced then.
   */
  async replace(body: unknown): Promise<{ settled: boolean }> {
    const parsed = bodySchema.safeParse(body);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new CallError('bad-input', `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'not valid'}`);
    }
    const lists = Object.entries(parsed.data.units);
    for (const [unit] of lists)
      if (own(this.#units, unit) === undefined)
        throw new CallError(
          'bad-input',
          `units: there is no unit "${unit}"; there are ${Object.keys(this.#units).join(', ')}`,
        );
    const told = { ...this.#told, ...parsed.data.units };
    write(this.#file, this.#start, told);
    this.#told = told;
    for (const url of lists.flatMap(([unit, urls]) => this.#set(unit, urls))) this.pools.retire(url);
    const limit = new AbortController();
    const settled = this.pools.untilRetired().then(() => true);
    try {
      return { settled: await Promise.race([settled, delay(settleLimitMs, false, { signal: limit.signal })]) };
    } finally {
      limit.abort();
    }
  }

  close(): Promise<void> {
    return this.pools.close();
  }

  /** Gives the addresses that are no more. */
  #set(unit: string, urls: string[]): string[] {
    const known = own(this.#units, unit);
    if (known !== undefined) this.#units[unit] = { ...known, urls };
    return this.#addresses.get(unit)?.replace(urls) ?? [];
  }

  #unitOf(module: string): string {
    const home = Object.entries(this.#units).find(([, { modules }]) => modules.includes(module));
    if (home === undefined) throw new ConfigurationError(`units: module "${module}" is used but is in no unit`);
    return home[0];
  }
}

/** What was told to this start of the instance; nothing where there is no such file, or none that can be read. */
function read(file: string, start: string): Lists {
  try {
    const kept = fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return kept.start === start ? kept.units : {};
  } catch {
    return {};
  }
}

function write(file: string, start: string, units: Lists): void {
  writeFileSync(`${file}.new`, JSON.stringify({ start, units }));
  renameSync(`${file}.new`, file);
}
