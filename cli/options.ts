import { InvalidArgumentError, Option } from 'commander';
import { loadApplication, type Laboratory } from '../engine/deploy/index.ts';
import {
  formOfCuts,
  namedTopology,
  parseTopology,
  storeSchema,
  topologyProblems,
  type Application,
  type Topology,
} from '../engine/model/index.ts';
import { savedTopologies } from '../engine/storage/index.ts';

export const appOption = () => new Option('--app <name>', 'application to run').default('shop');
/** How a topology is told, for `--help`. */
export const topologyHelp = `name of the manifest, of a saved cut, or ${formOfCuts}`;
export const runtimeOption = () =>
  new Option(
    '--runtime <runtime>',
    'where units run: docker, process (child processes), or auto: docker if an engine answers',
  ).choices(['auto', 'docker', 'process']);

/** A parser for a number within a range. */
export function numberWithin(field: string, min: number, max: number, whole = false): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (
      text.trim() === '' ||
      !Number.isFinite(value) ||
      value < min ||
      value > max ||
      (whole && !Number.isInteger(value))
    ) {
      throw new InvalidArgumentError(
        `${field} must be a ${whole ? 'whole ' : ''}number from ${min} to ${max}, not "${text}".`,
      );
    }
    return value;
  };
}

/** A parser for a span of time such as `90s`, `5m` or `1h30m`, ms. */
export function spanWithin(field: string, minMs: number, maxMs: number): (text: string) => number {
  return (text) => {
    const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text.trim().toLowerCase().replaceAll(' ', ''));
    const [hours = 0, minutes = 0, seconds = 0] = (parts ?? []).slice(1).map((part) => Number(part ?? 0));
    const ms = ((hours * 60 + minutes) * 60 + seconds) * 1000;
    if (parts === null || ms < minMs || ms > maxMs)
      throw new InvalidArgumentError(
        `${field} must be a time such as 90s, 5m or 1h30m, from ${minMs / 1000}s to ${maxMs / 3_600_000}h, not "${text}".`,
      );
    return ms;
  };
}

/**
 * A topology by its name in the manifest or under which the window saved it (`saved`), or written as name=unit:module+module|unit:module. Throws one
 * sentence.
 */
export function topologyFrom(text: string, application: Application, saved: readonly Topology[] = []): Topology {
  if (!text.includes('=')) {
    const named = namedTopology(application, text) ?? saved.find((one) => one.name === text);
    if (named === undefined) {
      const known = [...Object.keys(application.topologies), ...saved.map((one) => one.name)];
      throw new Error(`unknown topology "${text}"; allowed: ${known.join(', ')}, or a cut written ${formOfCuts}`);
    }
    return named;
  }
  const topology = parseTopology(text);
  const problem = topologyProblems(topology, application)[0];
  if (problem !== undefined) throw new Error(problem);
  return topology;
}

/** Several, with a comma between them, for `--variants`. Throws one sentence, also where two have one name. */
export function topologiesFrom(list: string, application: Application, saved: readonly Topology[]): Topology[] {
  const names = new Set<string>();
  return list.split(',').map((text) => {
    const topology = topologyFrom(text.trim(), application, saved);
    if (names.has(topology.name))
      throw new Error(
        `--variants: "${topology.name}" is there twice; names must differ, and --aa compares a variant with itself`,
      );
    names.add(topology.name);
    return topology;
  });
}

/** The cuts that the window saved for an application, but for those that no longer fit it. */
export async function savedCuts({ dataDirectory }: Laboratory, application: Application): Promise<Topology[]> {
  const saved = await savedTopologies(dataDirectory, application.name).list();
  return saved.filter((topology) => topologyProblems(topology, application).length === 0);
}

/** What holds the data of every variant; the parser lets no other through. */
export function storeOption(): Option {
  return new Option(
    '--store <store>',
    'what holds the data: a file of each unit (sqlite), one PostgreSQL server beside them, or a server for each unit; servers are inside the same CPU and memory',
  ).choices(storeSchema.options);
}

/** The application of a command line. */
export function applicationFrom(laboratory: Laboratory, name: string): Promise<Application> {
  return loadApplication(laboratory.applicationsDirectory, name);
}
