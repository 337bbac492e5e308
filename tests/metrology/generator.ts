import { runLoad } from '../../engine/load/index.ts';
import type { LoadPlan } from '../../engine/model/index.ts';
import { runDroppingClient } from './dropping-client.ts';

// One load in a process of its own: the plan in the second argument, the measurement as one line of JSON on stdout.
const plan = JSON.parse(process.argv[3] ?? '{}') as LoadPlan;
const measure = process.argv[2] === 'dropping' ? runDroppingClient : runLoad;
process.stdout.write(`${JSON.stringify(await measure(plan, { abandonAfterMs: 30_000 }))}\n`);
