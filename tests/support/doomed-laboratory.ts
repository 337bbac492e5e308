// A program that deploys the shop, does one fault of each kind of undo in it, says so on its output, and waits to be killed.
import { deployTopology, loadApplication } from '../../engine/deploy/index.ts';
import { faultCatalogue } from '../../engine/faults/index.ts';
import { namedTopology, type Fault } from '../../engine/model/index.ts';
import { testLaboratory } from './laboratory.ts';

const [choice = 'process', session = 'doomed'] = process.argv.slice(2);
const faults: Fault[] = [
  { kind: 'hang', module: 'catalog' },
  { kind: 'freeze', module: 'payments' },
  { kind: 'crash-stays-down', module: 'cart' },
  { kind: 'partition', module: 'inventory', peer: 'storefront' },
  { kind: 'cpu-starvation', module: 'orders' },
];
const laboratory = testLaboratory();
const application = await loadApplication(laboratory.applicationsDirectory, 'shop');
const topology = namedTopology(application, 'microservices');
if (topology === undefined) throw new Error('the shop has no topology "microservices"');
const { deployment } = await deployTopology({
  laboratory,
  application,
  topology,
  runtime: choice === 'docker' ? 'docker' : 'process',
  session,
  signal: new AbortController().signal,
  onEvent: () => undefined,
});
const identities = await Promise.all(deployment.units.map((unit) => deployment.control(unit.name).identity()));
const done: string[] = [];
for (const fault of faults) {
  const definition = faultCatalogue[fault.kind];
  if (definition.impossible({ deployment, fault }) !== null) continue;
  await definition.inject({ deployment, fault, id: fault.kind, limitMs: 600_000 });
  done.push(fault.kind);
}
const folders = deployment.units.map((unit) => deployment.site.dataDirectory(unit.name));
console.log(JSON.stringify({ done, pids: identities.map(({ pid }) => pid), folders }));
setInterval(() => {}, 1000);
