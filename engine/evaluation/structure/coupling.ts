/** Modules that stand together for one: a unit of a cut, or a module alone. */
export interface Part {
  name: string;
  modules: readonly string[];
}

/** One module that calls another; `callsPerJourney`: null where it is not known. */
export interface Call {
  from: string;
  to: string;
  callsPerJourney: number | null;
}

/** What a part has to do with the others. */
export interface Coupling {
  /** Other parts that call it: how many they are is its absolute importance, AIS (Rud, Schmietendorf and Dumke 2006), or afferent coupling, Ca (Martin 1994). */
  consumers: string[];
  /** Other parts that it calls: how many they are is its absolute dependence, ADS (Rud, Schmietendorf and Dumke 2006), or efferent coupling, Ce (Martin 1994). */
  providers: string[];
  /** Ce / (Ca + Ce) (Martin 1994), 0: many lean on it and it on none, to 1; null where it has to do with nobody. */
  instability: number | null;
  /** Calls of a mean journey that come in from other parts, and that go out to them; null where it is not known. */
  callsIn: number | null;
  callsOut: number | null;
}

/** How much parts have to do with each other; what goes on inside one does not count, and neither do people, who are no part of the application. Pure. */
export function couplingOf(parts: readonly Part[], calls: readonly Call[]): Map<string, Coupling> {
  const across = callsAcross(parts, calls);
  return new Map(
    parts.map(({ name }): [string, Coupling] => {
      const [incoming, outgoing] = [across.filter(({ to }) => to === name), across.filter(({ from }) => from === name)];
      const consumers = [...new Set(incoming.map(({ from }) => from))];
      const providers = [...new Set(outgoing.map(({ to }) => to))];
      const all = consumers.length + providers.length;
      return [
        name,
        {
          consumers,
          providers,
          instability: all === 0 ? null : providers.length / all,
          callsIn: sumOfCalls(incoming),
          callsOut: sumOfCalls(outgoing),
        },
      ];
    }),
  );
}

/** The calls that lead from one part into another, by part. */
export function callsAcross(parts: readonly Part[], calls: readonly Call[]): Call[] {
  const home = new Map(parts.flatMap(({ name, modules }) => modules.map((module) => [module, name] as const)));
  return calls.flatMap(({ from, to, callsPerJourney }) => {
    const [caller, callee] = [home.get(from), home.get(to)];
    return caller === undefined || callee === undefined || caller === callee
      ? []
      : [{ from: caller, to: callee, callsPerJourney }];
  });
}

/** Null where one of them is not known. */
export function sumOfCalls(calls: readonly Call[]): number | null {
  return calls.reduce<number | null>(
    (total, { callsPerJourney }) => (total === null || callsPerJourney === null ? null : total + callsPerJourney),
    0,
  );
}
