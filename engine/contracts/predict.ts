import { own, unitOf, type Application, type ContractDifference, type Topology } from '../model/index.ts';

/** That a module was seen to call an operation of another while an endpoint was asked. */
export interface SeenCall {
  endpoint: string;
  from: string;
  to: string;
  operation: string;
}

/** The modules whose contracts have any of these differences. */
export function modulesOf(application: Application, differences: readonly ContractDifference[]): string[] {
  const named = new Set(differences.map(({ operation }) => operation.split('.')[0] ?? ''));
  return Object.keys(application.modules).filter((module) => named.has(module));
}

/**
 * The endpoints that fail while the units in `released` have a change and all others have not, sorted: those for which somebody must ask an operation that is broken for whoever
 * knows the other contract, across that border. `broken`: differences as the callers on the other side meet them. A call that its caller can do without fails nothing. Pure.
 */
export function endpointsBroken({
  application,
  topology,
  released,
  broken,
  calls,
  first,
}: {
  application: Application;
  topology: Topology;
  released: readonly string[];
  broken: readonly ContractDifference[];
  calls: readonly SeenCall[];
  /** Who has the change: those who answer, or those who ask. */
  first: 'providers' | 'callers';
}): string[] {
  const operations = new Set(broken.filter(({ level }) => level === 'breaking').map(({ operation }) => operation));
  const has = (module: string): boolean => released.includes(unitOf(topology, module).name);
  const crosses = ({ from, to }: SeenCall): boolean =>
    first === 'providers' ? has(to) && !has(from) : has(from) && !has(to);
  const failing = calls.filter(
    (call) => operations.has(`${call.to}.${call.operation}`) && crosses(call) && isNeeded(application, call),
  );
  return [...new Set(failing.map(({ endpoint }) => endpoint))].toSorted();
}

/** What an endpoint says that it needs goes before what a caller says of all its calls: that can do without for one endpoint and not for another. */
function isNeeded({ modules, endpoints }: Application, { endpoint, from, to }: SeenCall): boolean {
  const needs = own(endpoints, endpoint)?.needs ?? {};
  const uses = own(modules, from)?.uses.find(({ module }) => module === to);
  return own(needs, from) !== 'optional' && (own(needs, to) ?? uses?.need) !== 'optional';
}
