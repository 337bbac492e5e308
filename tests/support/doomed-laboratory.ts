// A program that deploys the shop, does one fault of each kind of undo in it, says so on its output, and waits to be killed.
import { deployTopology, loadApplication } from '../../engine/deploy/index.ts';
import { faultCatalogue } from '../../engine/faults/index.ts';
import { namedTopology, type Fault } from '../../engine/model/index.ts';
import { testLaboratory } from './laboratory.ts';

const [choice = 'process', session = 'doomed'] = process.argv.slice(2);
const faults: Fault[] = [
  { kind: 'hang', module: 'catalog' },
  { kind: 'cpu-starvation', module: 'cart' },
  { kind: 'partition', module: 'orders', peer: 'storefront' },
  { kind: 'freeze', module: 'payments' },
  { kind: 'crash-stays-down', module: 'recommendations' },
];
const laboratory = testLaboratory();
const application = await loadApplication(laboratory.applicationsDirectory, 'shop');
const topology = namedTopology(application, 'macroservices');
if (topology === undefined) throw new Error('the shop has no topology "macroservices"');
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
