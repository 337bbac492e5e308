export { AddressList } from './address-list.ts';
export { arrivalTimes, planDurationMs, type ArrivalPlan } from './arrivals.ts';
export { judgeHealth } from './health.ts';
export { renameVariables, variablesOf } from './journey-variables.ts';
export type { LoadOptions } from './load-options.ts';
export { cachedLookup } from './name-lookup.ts';
export { runLoad } from './run-load.ts';
export { runStandaloneLoad, type StandaloneLoad, type StandaloneReport } from './standalone.ts';
export { watchWithheldCpu } from './withheld-cpu.ts';
