import { describe } from 'vitest';
import { faultKindSchema } from '../../engine/model/index.ts';
import { describeWithEngine } from '../support/engine.ts';
import { endsThoughItsTargetIsReplaced, shopUnderFaults } from '../support/shop-under-faults.ts';

function everyFault(runtime: 'docker' | 'process'): void {
  endsThoughItsTargetIsReplaced(shopUnderFaults(runtime), faultKindSchema.options);
}

describe('every fault in the process runtime', () => everyFault('process'));
describeWithEngine('every fault in the docker runtime', () => everyFault('docker'));
