// For tests only.

/** Unit name -> modules. */
export type Cut = Readonly<Record<string, readonly string[]>>;

/** Which instance of which unit. */
export interface Place {
  readonly unit: string;
  readonly instance: number;
}

/** Where an instance answers. */
export interface Doors {
  readonly url: string;
  readonly control: string;
}

/** The instances that are there, in the order of their start. */
export class Instances<T extends Doors> {
  readonly #all = new Map<string, Place & { running: T }>();
  readonly #counts = new Map<string, number>();
  readonly #cut: Cut;

  constructor(cut: Cut) {
    this.#cut = cut;
  }

  /** The place of one more instance. */
  next(unit: string): Place {
    const instance = this.#counts.get(unit) ?? 0;
    this.#counts.set(unit, instance + 1);
    return { unit, instance };
  }

  set(place: Place, running: T): void {
    this.#all.set(`${place.unit}#${place.instance}`, { ...place, running });
  }

  delete({ unit, instance }: Place): void {
    this.#all.delete(`${unit}#${instance}`);
  }

  unitOf(module: string): string {
    const unit = Object.entries(this.#cut).find(([, modules]) => modules.includes(module))?.[0];
    if (unit === undefined) throw new Error(`no unit has ${module}`);
    return unit;
  }

  find(module: string, instance?: number): Place & { running: T } {
    const unit = this.unitOf(module);
    const found = this.all.find((one) => one.unit === unit && one.instance === (instance ?? one.instance));
    if (found === undefined) throw new Error(`instance ${instance ?? ''} of ${unit} is not there`);
    return found;
  }

  get all(): (Place & { running: T })[] {
    return [...this.#all.values()];
  }
}

/** What can be asked of all topologies, however their units run. */
export function doorsOf(token: string, instances: Instances<Doors>) {
  const ask = async ({ control }: Doors, method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(control + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await response.json()) as unknown;
  };
  return {
    token,
    url: (module: string, instance?: number) => instances.find(module, instance).running.url,
    controlUrl: (module: string, instance?: number) => instances.find(module, instance).running.control,
    control: (module: string, method: string, path: string, body?: unknown, instance?: number) =>
      ask(instances.find(module, instance).running, method, path, body),
    async tell(module: string, numbers: readonly number[]) {
      const unit = instances.unitOf(module);
      const body = { units: { [unit]: numbers.map((instance) => instances.find(module, instance).running.url) } };
      const callers = instances.all.filter((one) => one.unit !== unit);
      const answers = await Promise.all(callers.map(({ running }) => ask(running, 'PUT', '/addresses', body)));
      if (answers.some((answer) => (answer as { settled?: unknown }).settled !== true))
        throw new Error(`not everybody could be told: ${JSON.stringify(answers)}`);
    },
  };
}
