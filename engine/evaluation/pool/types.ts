import type { Finding } from '../../model/index.ts';
import type { PooledJudgement } from '../../statistics/index.ts';

/** A machine, with the results of it that are pooled. */
export interface PooledMachine {
  /** Processor, CPUs, memory, platform and how units ran; with a number where several are told apart by hand. */
  title: string;
  results: { name: string; id: string; title: string; startedAt: string; blocks: number }[];
}

/** What one machine has to say of a finding: the mean of its results. */
export interface MachineValue {
  /** Place in `machines`. */
  machine: number;
  results: number;
  /** Pairs of deployments in all of its results. */
  blocks: number;
  /** The effect as people read it. */
  value: number;
}

/** One metric of two cuts in one place, over machines. */
export interface PooledFinding
  extends
    Pick<Finding, 'probe' | 'metric' | 'unit' | 'scope' | 'family' | 'margin' | 'interval' | 'level' | 'openEnd'>,
    Pick<Finding, 'effect' | 'declared' | 'pValue' | 'adjustedPValue'>,
    Pick<PooledJudgement, 'verdict' | 'method' | 'another' | 'spread' | 'heterogeneity'> {
  baseline: string;
  variant: string;
  values: MachineValue[];
}

/** Results of the same experiment on several machines, taken together. */
export interface Pooled {
  application: string;
  /** Of the newest result. */
  title: string;
  sourceHash: string;
  runtime: 'docker' | 'process';
  /** Versions of Cleave that measured. */
  versions: string[];
  machines: PooledMachine[];
  findings: PooledFinding[];
  /** Results that are not in it, and why, one sentence each. */
  left: { name: string; because: string }[];
}
