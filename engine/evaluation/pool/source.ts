import type { Environment, Finding, Result } from '../../model/index.ts';
import { poolMachineOf } from './machine.ts';
import { settingsOf } from './settings.ts';

/** What of a result is pooled; a result itself may be tens of megabytes. */
export interface PoolSource {
  /** How its file is called in sentences. */
  name: string;
  id: string;
  title: string;
  startedAt: string;
  rules: Result['rules'];
  version: string;
  application: string;
  sourceHash: string;
  runtime: Environment['runtime'];
  machine: string;
  /** The same for two files of one run, also where one was written before it was continued. */
  run: string;
  rounds: number;
  settings: ReadonlyMap<string, string>;
  findings: readonly Finding[];
}

/** What of a result is pooled. Pure. */
export function poolSourceOf(name: string, result: Result): PoolSource {
  const { id, title, startedAt, rules, application, environment, experiment, rounds, findings } = result;
  const machine = poolMachineOf(environment);
  return {
    ...{ name, id, title, startedAt, rules, machine, findings, rounds: rounds.length },
    ...{ version: environment.cleaveVersion, application: application.name, sourceHash: environment.sourceHash },
    ...{ runtime: environment.runtime, settings: settingsOf(result) },
    run: JSON.stringify([machine, startedAt, experiment.seed]),
  };
}
