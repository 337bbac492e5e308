import type { Requirement } from '../requirement.ts';
import { answerRequirements } from './answers.ts';
import { busyFaults } from './busy-faults.ts';
import { callFaults } from './call-faults.ts';
import { controlRequirements } from './control.ts';
import { endRequirements } from './end.ts';
import { endingFaults } from './ending-faults.ts';
import { faultRequirements } from './faults.ts';
import { headerRequirements } from './headers.ts';
import { loadRequirements } from './load.ts';
import { memoryFaults } from './memory-faults.ts';
import { publicRequirements } from './public.ts';
import { refusalRequirements } from './refusals.ts';
import { startRequirements } from './start.ts';
import { traceRequirements } from './traces.ts';

/** Every requirement, in the order in which they are asked and in which docs/protocol.md has them. */
export const requirements: readonly Requirement[] = [
  ...startRequirements,
  ...publicRequirements,
  ...refusalRequirements,
  ...headerRequirements,
  ...answerRequirements,
  ...controlRequirements,
  ...loadRequirements,
  ...traceRequirements,
  ...faultRequirements,
  ...callFaults,
  ...busyFaults,
  ...memoryFaults,
  ...endingFaults,
  ...endRequirements,
];
