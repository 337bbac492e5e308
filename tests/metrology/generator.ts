import { runLoad } from '../../engine/load/index.ts';
import type { LoadPlan } from '../../engine/model/index.ts';
import { runDroppingClient } from './dropping-client.ts';

// One load in a process of its own: the plan in the second argument, the measurement as one line of JSON on stdout. A third argument is the
// length of a load before it that is thrown away, ms.
const plan = JSON.parse(process.argv[3] ?? '{}') as LoadPlan;
const warmUpMs = Number(process.argv[4] ?? 0);
if (warmUpMs > 0) await runLoad({ ...plan, stages: plan.stages.map((stage) => ({ ...stage, durationMs: warmUpMs })) });
const measure = process.argv[2] === 'dropping' ? runDroppingClient : runLoad;
process.stdout.write(`${JSON.stringify(await measure(plan, { abandonAfterMs: 30_000 }))}\n`);
