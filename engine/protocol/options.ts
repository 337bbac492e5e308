import type { ContractSuite } from '../contracts/index.ts';
import type { ProgramHost } from './program.ts';
import type { RequirementResult } from './result.ts';

export interface ProtocolOptions extends ContractSuite {
  /** Name of the application. */
  application: string;
  host: ProgramHost;
  /** Another implementation of the same module, whose answers and seed data have to be the same. */
  reference?: ProgramHost;
  seed: { value: number; sizes: Record<string, number> };
  /** Amounts of work, by name. */
  tunables?: Record<string, number>;
  /** Requests of the comparison with `reference`; absent: 1000. */
  questions?: number;
  /** How often what is measured is looked at on a machine that does other things, too; absent: 5. */
  looks?: number;
  /** How long a unit that is killed may take to be seen to have ended, ms, before nobody waits for it any more; absent: 30,000. */
  killPatienceMs?: number;
  /** Names of the requirements that are asked; absent: all. */
  only?: readonly string[];
  signal?: AbortSignal;
  /** Told of each as soon as it is known. */
  onResult?: (result: RequirementResult) => void;
}
