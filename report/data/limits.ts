import { requestsPerJourney, total, type Result } from '../../engine/model/index.ts';
import { formatNumber, formatShare, plural } from '../format/index.ts';
import { ownCpus } from './own-cpus.ts';
import { variantTitle } from './variants.ts';

/** Above that, waiting grows faster than load: an M/M/1 queue at 0.7 waits 2.3 service times. */
const nearlyFull = 0.7;

/** Share of the application's processors that a variant used while it was loaded, 0 to 1 and more, a mean over rounds; null where that was not measured. Pure. */
export function utilisationOf({ rounds, environment }: Result, variant: string): number | null {
  const cpus = ownCpus(environment) ?? environment.cpus;
  const shares = rounds.flatMap(({ variant: of, replica, resources }) => {
    if (of !== variant || replica || resources === null || resources.windowMs <= 0) return [];
    const seconds = total(resources.units.map(({ cpuSeconds }) => cpuSeconds));
    return seconds === null ? [] : [seconds / (resources.windowMs / 1000) / cpus];
  });
  return shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** Where the numbers hold, in sentences. Pure. */
export function whereItHolds(result: Result): string[] {
  const { environment, experiment, application } = result;
  const { cpus, applicationCpus } = environment;
  const own = ownCpus(environment);
  const whose = applicationCpus === null ? 'may be used' : 'for all units of a deployment together';
  const rate = experiment.load.journeysPerSecond;
  const requests = formatNumber(rate * requestsPerJourney(application));
  const used = experiment.variants.flatMap(({ name }) => {
    const share = utilisationOf(result, name);
    return share === null ? [] : [{ title: variantTitle(result, name), share }];
  });
  const full = used.filter(({ share }) => share > nearlyFull).map(({ title }) => title);
  return [
    `One host with ${plural(cpus, 'CPU')}${own === null ? '' : `, ${own} of them ${whose}`}, at ${rate} journeys a second (${requests} requests a second).`,
    ...(used.length === 0
      ? []
      : [
          `Under that load ${used.map(({ title, share }) => `${title} used ${formatShare(share)}`).join(', ')} of ${own === null ? 'the processors' : own === 1 ? 'that processor' : 'those processors'}.`,
        ]),
    ...(full.length === 0
      ? []
      : [
          `${full.join(' and ')} ran near the limit: there, waiting grows faster than load, and a little more or less of it changes response times a lot.`,
        ]),
  ];
}

/** What would differ elsewhere: words and no numbers, since none of it was measured. Pure. */
export function elsewhere({ experiment, environment }: Result): string[] {
  const most = Math.max(...experiment.variants.map(({ topology }) => topology.units.length));
  return [
    ...(most > 1
      ? [
          'A network between machines makes each call between units take longer, and lets it get lost; calls within a unit stay as they are.',
          'With more processors, units that take turns here run side by side.',
          'Units on several machines do not all fail with one of them.',
        ]
      : []),
    'Another rate moves everything that queues; at twice the load the order of the cuts may be another.',
    'Images travel to where they run: a registry and pulls come on top of deployment and release times.',
    'Orchestrators, meshes and gateways add calls, memory and work of their own.',
    ...(environment.runtime === 'process'
      ? [
          'In containers each unit has a network, a file system and limits of its own; as processes they share this machine’s.',
        ]
      : []),
    'Another application has other calls, other data and other bottlenecks.',
  ];
}
