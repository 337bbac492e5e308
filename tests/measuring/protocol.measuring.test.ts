import { beforeEach, expect, it } from 'vitest';
import { languages } from '../../engine/model/index.ts';
import { requirements } from '../../engine/protocol/index.ts';
import { awaitQuiet } from '../metrology/processes.ts';
import { protocolBench, type Planted } from '../support/protocol-bench.ts';

const bench = protocolBench();
beforeEach(() => awaitQuiet(20_000));
const measured = requirements.filter(({ isMeasured }) => isMeasured === true).map(({ name }) => name);

it.for([...languages])('what faults do in %s is as much as they say', async (language) => {
  const { requirements: results } = await bench.check({ host: await bench.programs.of(language), only: measured });
  console.log(results.map(({ name, found }) => `${language}: ${name}: ${found ?? '-'}`).join('\n'));
  expect(results.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
  expect(results).toHaveLength(measured.length);
});

const planted: readonly Planted[] = [
  [
    'is half as slow',
    'fault-slow',
    'cleave_kit/faults/calls.py',
    'parameters["delayMs"] / 1000',
    'parameters["delayMs"] / 2000',
  ],
  [
    'hogs half as much',
    'fault-cpu-hog',
    'cleave_kit/faults/busy.py',
    'parameters["share"] * HOG_PERIOD_S',
    'parameters["share"] * HOG_PERIOD_S / 2',
  ],
  [
    'answers while it is blocked',
    'fault-event-loop-block',
    'cleave_kit/faults/busy.py',
    'any(map(end.__le__, iter(time.monotonic, None)))',
    'while time.monotonic() < end: pass',
  ],
  [
    'leaks half as much',
    'fault-memory-leak',
    'cleave_kit/faults/memory.py',
    'int(parameters["bytesPerSecond"] * every_s)',
    'int(parameters["bytesPerSecond"] * every_s / 2)',
  ],
];

it.for([...planted])('%s, which is told: %s', (one) => bench.isFound(one, 3));
