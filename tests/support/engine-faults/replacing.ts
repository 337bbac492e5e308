// A program that deploys the shop, rolls two of its units over, says what serves then and what the engine has of it, and takes it down. What it asks goes to DOCKER_HOST; what it says of
// the engine it hears from the engine itself.
import Docker from 'dockerode';
import { deployTopology, loadApplication } from '../../../engine/deploy/index.ts';
import { namedTopology } from '../../../engine/model/index.ts';
import { inFull } from '../../../engine/runtime/index.ts';
import { testLaboratory } from '../laboratory.ts';

const [engine = ''] = process.argv.slice(2);
const session = `replacing-${process.pid}`;
const docker = new Docker({ socketPath: engine.replace(/^unix:\/\//, '') });
const laboratory = testLaboratory();

async function there(): Promise<string[]> {
  const found = await docker.listContainers({ all: true, filters: { label: [`cleave.session=${session}`] } });
  return found.flatMap(({ Labels }) => {
    const { 'cleave.unit': unit, 'cleave.instance': instance } = Labels;
    return unit === undefined ? [] : [`${unit}#${instance}`];
  });
}

/** Goes on after a failure that it tells. */
async function orTold(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    // One sentence, whatever else fails.
    if (process.exitCode === undefined) console.error(`cleave: ${inFull(error)}`);
    process.exitCode = 1;
  }
}

await orTold(async () => {
  const application = await loadApplication(laboratory.applicationsDirectory, 'shop');
  const topology = namedTopology(application, 'macroservices');
  if (topology === undefined) throw new Error('the shop has no topology "macroservices"');
  console.log('  Deploy');
  const single = await deployTopology({
    ...{ laboratory, application, topology, runtime: 'docker', session },
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  const { deployment } = single;
  // The one that people are led to, and one that writes.
  const units = ['front', 'trade'];
  console.log(`  Replace ${units.join(', ')}`);
  await orTold(() => deployment.replace({ units, strategy: 'rolling' }));
  const serving = topology.units.flatMap(({ name }) => deployment.serving(name));
  console.log(
    `serves ${serving
      .map(({ name, instance }) => `${name}#${instance}`)
      .toSorted()
      .join(' ')}`,
  );
  console.log(`there ${(await there()).toSorted().join(' ')}`);
  console.log('  Take it down');
  await orTold(() => single.close());
});
laboratory.remove();
