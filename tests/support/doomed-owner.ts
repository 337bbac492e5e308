// A program that opens a runtime, starts two units, a server of the store and an agent, says so on its output, and waits to be killed.
import { DATABASE_IS_UP, openRuntime } from '../../engine/runtime/index.ts';
import { startTestUnit } from './runtime-unit.ts';
import { eventually } from './wait.ts';

const [choice = 'process', folder = '.', session = 'doomed', engine] = process.argv.slice(2);
const { runtime } = await openRuntime(choice === 'docker' ? 'docker' : 'process', {
  nodePath: process.execPath,
  stateDir: `${folder}/state`,
  workDir: `${folder}/work`,
  session,
  explicitEngine: engine,
});
const run = { session, run: 'doomed' };
const site = await runtime.openSite({ run, units: ['entry', 'other'], databases: ['database'], cpus: null });
const entry = await startTestUnit(runtime, site, run, 'entry', { published: true });
const other = await startTestUnit(runtime, site, run, 'other');
const artifact = await runtime.buildDatabase({ run });
const limits = { memoryBytes: 96 * 2 ** 20, connections: 10, password: 'secret' };
const database = await site.startDatabase({ name: 'database', artifact, ...limits });
await eventually('a server that is up', async () =>
  (await database.recentLogs(50)).some(({ line }) => line.includes(DATABASE_IS_UP)) ? true : undefined,
);
await site.startCompanion(Buffer.from('process.stdin.resume(); setInterval(() => {}, 1000);'));
// A frozen process cannot notice anything by itself.
if (runtime.capabilities.pause) await Promise.all([other.pause(), database.pause()]);
console.log(JSON.stringify({ url: entry.publishedUrl }));
setInterval(() => {}, 1000);
