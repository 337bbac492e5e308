// A program that opens a runtime, starts two units and an agent, says so on its output, and waits to be killed.
import { openRuntime } from '../../engine/runtime/index.ts';
import { startTestUnit } from './runtime-unit.ts';

const [choice = 'process', folder = '.', session = 'doomed', engine] = process.argv.slice(2);
const { runtime } = await openRuntime(choice === 'docker' ? 'docker' : 'process', {
  nodePath: process.execPath,
  stateDir: `${folder}/state`,
  workDir: `${folder}/work`,
  session,
  explicitEngine: engine,
});
const run = { session, run: 'doomed' };
const site = await runtime.openSite({ run, units: ['entry', 'other'], cpus: null });
const entry = await startTestUnit(runtime, site, run, 'entry', { published: true });
const other = await startTestUnit(runtime, site, run, 'other');
await site.startCompanion(Buffer.from('process.stdin.resume(); setInterval(() => {}, 1000);'));
// A frozen process cannot notice anything by itself.
if (runtime.capabilities.pause) await other.pause();
console.log(JSON.stringify({ url: entry.publishedUrl }));
setInterval(() => {}, 1000);
