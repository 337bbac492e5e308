// A program that deploys again and again until it is killed: builds afresh, starts two units and an agent, parks them for about half of its time, replaces one, breaks the other, takes everything down. What
// it is doing is told on its output, so that a campaign can strike in any phase.
import { setTimeout } from 'node:timers/promises';
import { openRuntime } from '../../engine/runtime/index.ts';
import { startTestUnit, testUnitSource } from '../../tests/support/runtime-unit.ts';

const [choice = 'process', folder = '.', session = 'victim', engine] = process.argv.slice(2);
const say = (phase: string) => process.stdout.write(`${phase}\n`);

const { runtime } = await openRuntime(choice === 'docker' ? 'docker' : 'process', {
  nodePath: process.execPath,
  stateDir: `${folder}/state`,
  workDir: `${folder}/work`,
  session,
  explicitEngine: engine === '' ? undefined : engine,
});
const run = { session, run: 'victim' };
say('begun');
for (;;) {
  const from = performance.now();
  say('building');
  const artifact = await runtime.build(testUnitSource('entry', 'campaign'), { fresh: true, run });
  say('opening');
  const site = await runtime.openSite({ run, units: ['entry', 'other'], cpus: null });
  say('starting');
  const [entry, other] = await Promise.all([
    startTestUnit(runtime, site, run, 'entry', { published: true, artifact }),
    startTestUnit(runtime, site, run, 'other'),
    site.startCompanion(Buffer.from('process.stdin.resume(); setInterval(() => {}, 1000);')),
  ]);
  if (runtime.capabilities.pause) {
    say('parked');
    // What stands still cannot guard itself: half of the kills shall meet it so.
    await Promise.all([entry.pause(), other.pause()]);
    await setTimeout(performance.now() - from);
    await Promise.all([entry.resume(), other.resume()]);
  }
  say('replacing');
  // As a rolling replacement does it: new beside old until it is up, people are led over, and the old one goes.
  const fresh = await startTestUnit(runtime, site, run, 'entry', { instance: 1, published: true, artifact });
  while ((await fresh.recentLogs(1)).length === 0) await setTimeout(10);
  site.lead([fresh]);
  await entry.remove();
  say('breaking');
  // A frozen process cannot notice anything by itself.
  if (runtime.capabilities.pause) await other.pause();
  if (runtime.capabilities.partition) await other.disconnect();
  say('closing');
  await site.close();
}
