import {
  longestLineTold,
  mostLinesTold,
  printable,
  unitOf,
  type FailedRequest,
  type Search,
  type SearchStep,
  type Topology,
} from '../../model/index.ts';
import { failureLine, type FailureLine } from './line.ts';

/** A line of a unit's log, and when it came, ms since the epoch. */
export interface LoggedLine {
  unit: string;
  atMs: number;
  line: string;
}

/** What happened to a unit. */
export interface StateEvent {
  unit: string;
  atMs: number;
  kind: 'start' | 'restart' | 'die' | 'oom' | 'pause' | 'resume';
}

/** Events after which a unit runs. */
const isUp: ReadonlySet<StateEvent['kind']> = new Set(['start', 'restart', 'resume']);

/** Everything that units and engine said while a fault was looked at. */
export interface Evidence {
  topology: Topology;
  /** The module that people ask. */
  entry: string;
  lines: readonly LoggedLine[];
  events: readonly StateEvent[];
}

/** A request that failed. */
type FollowedRequest = Pick<FailedRequest, 'endpoint' | 'traceId' | 'startedAtMs' | 'endedAtMs'>;

/** Lines are seen a little after they are written, and a unit tells of its end a little before or after a request meets it, ms. */
export const aroundMs = 500;

/**
 * Goes from a failing request to the modules that may be at fault, as somebody would who has its trace and knows which unit has which module: opens the log of the entry's unit, reads the lines with the trace,
 * and goes where the innermost of them says that it asked; asks for the state of a unit whose log has no line with it. Nothing of which fault was done goes in. Pure.
 * @param telling keep the first lines of each step
 */
export function search(request: FollowedRequest, evidence: Evidence, telling: boolean): Search {
  const { topology, entry } = evidence;
  const { endpoint, startedAtMs } = request;
  const { steps, open, silent } = readerOf(request, evidence, telling);
  const end = (suspects: string[]): Search => ({ endpoint, startedAtMs, steps, suspects });
  let unit = unitOf(topology, entry).name;
  let line = open(unit).findLast(({ module }) => module === entry);
  if (line === undefined) return end(silent(unit, null));
  const followed = new Set<FailureLine>();
  for (;;) {
    followed.add(line);
    const { callee, calleeModule, module }: FailureLine = line;
    const home = topology.units.find(({ modules }) => calleeModule !== null && modules.includes(calleeModule));
    if (home === undefined || calleeModule === null) return end([module]);
    const isNear = home.name === unit;
    unit = home.name;
    line = open(unit).findLast((one) => one.call === callee && !followed.has(one));
    // Its caller was there to see that it did not answer; another unit has to be looked at.
    if (line === undefined) return end(isNear ? [calleeModule] : silent(unit, calleeModule));
  }
}

interface Reader {
  /** Everything that was looked at so far, in order. */
  steps: SearchStep[];
  /** What the log of a unit has of the request; where that is nothing, all that was written meanwhile has been read in vain. */
  open: (unit: string) => FailureLine[];
  /** Whom a unit leaves under suspicion that has no line of the request. `asked`: the module that was wanted of it. */
  silent: (unit: string, asked: string | null) => string[];
}

function readerOf(request: FollowedRequest, { topology, lines, events }: Evidence, telling: boolean): Reader {
  const steps: SearchStep[] = [];
  const opened = new Map<string, FailureLine[]>();
  const note = (unit: string, at: SearchStep['at'], read: readonly string[]): void => {
    const told = read.slice(0, mostLinesTold).map((line) => printable(line.slice(0, longestLineTold)));
    steps.push({ unit, at, lines: read.length, ...(telling ? { told } : {}) });
  };
  const meanwhile = <T extends { unit: string; atMs: number }>(all: readonly T[], of: string): T[] =>
    all.filter(
      ({ unit, atMs }) => unit === of && atMs >= request.startedAtMs - aroundMs && atMs <= request.endedAtMs + aroundMs,
    );
  /** What happened to a unit while the request was under way, or else what it has not come back from. */
  const lately = (unit: string): StateEvent[] => {
    const during = meanwhile(events, unit);
    if (during.length > 0) return during;
    const before = events.findLast((event) => event.unit === unit && event.atMs < request.startedAtMs);
    return before === undefined || isUp.has(before.kind) ? [] : [before];
  };
  return {
    steps,
    open: (unit) => {
      const before = opened.get(unit);
      if (before !== undefined) return before;
      const own = lines.flatMap(({ unit: of, line }) => {
        const parsed = of === unit && line.includes(request.traceId) ? failureLine(line) : null;
        return parsed?.trace === request.traceId ? [{ line, parsed }] : [];
      });
      note(
        unit,
        'log',
        (own.length > 0 ? own : meanwhile(lines, unit)).map(({ line }) => line),
      );
      const found = own.map(({ parsed }) => parsed);
      opened.set(unit, found);
      return found;
    },
    silent: (unit, asked) => {
      const seen = lately(unit);
      note(
        unit,
        'state',
        seen.map(({ kind }) => kind),
      );
      if (asked !== null && !seen.some(({ kind }) => kind !== 'start')) return [asked];
      return [...(topology.units.find(({ name }) => name === unit)?.modules ?? [])];
    },
  };
}
