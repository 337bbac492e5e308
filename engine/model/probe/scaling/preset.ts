import type { Application } from '../../application.ts';
import { own } from '../../own.ts';
import { presetLoad } from '../../preset-load.ts';
import type { Topology } from '../../topology.ts';
import { settingsSchema, type Variant } from '../../variant.ts';
import type { ProbePreset } from '../preset.ts';
import { endpointsOf } from './hot.ts';
import type { ScalingSettings } from './settings.ts';

/** As many in every variant that replicates: a share each that a limit can hold, of the one processor that two leave to the application. */
const instances = 4;

export const scaling = {
  name: 'scaling',
  title: 'Scaling',
  question: 'With the same processors and memory, is it better to replicate the whole, only what is hot, or nothing?',
  summary:
    'The whole four times with a quarter of the budget each, once with all of it, and the hot module three times beside the rest: good requests a second under a skewed and an even load, in three deployments of each.',
  experiment: (application) => {
    const hot = hotModule(application);
    return {
      variants: variantsOf(application, hot),
      blocks: 3,
      declaredDifferences: [],
      load: presetLoad,
      warmUp: { minMs: 3000, maxMs: 5000, minRequests: 200 },
      latency: { durationMs: 2000 },
      settings: scalingOf(hot),
    };
  },
} as const satisfies ProbePreset<ScalingSettings>;

/** What is asked where nobody says otherwise. */
export function scalingOf(hot: string): ScalingSettings {
  return {
    hot,
    cpuShare: 0.6,
    search: {
      startJourneysPerSecond: 100,
      maxJourneysPerSecond: 4000,
      stepMs: 2000,
      precision: 0.125,
      objective: { p95Ms: 250, availability: 0.99 },
    },
    settleMs: 3000,
    elasticMs: 12_000,
  };
}

/** `recommendations`, or the first module that an endpoint cannot answer without while others can. Throws where there is none. */
export function hotModule(application: Application): string {
  const names = Object.keys(application.modules).filter((name) => name !== application.entry);
  const some = names.filter((name) => {
    const { all, hot } = endpointsOf(application, name);
    return hot.length > 0 && hot.length < all.length;
  });
  const hot = some.includes('recommendations') ? 'recommendations' : some[0];
  if (hot === undefined) throw new Error(`${application.title} has no module that only some of its endpoints need`);
  return hot;
}

/** How many times as much as usual one request asks of the hot module, where a tunable says how much that is. */
const timesHot = 20;

/** A module that costs as little as any other is not hot however often it is asked. In all variants alike. */
function hotWork({ tunables }: Application, hot: string): Record<string, number> {
  const found = Object.entries(tunables).find(([name]) => name.endsWith('-work') && hot.startsWith(name.slice(0, -5)));
  if (found === undefined) return {};
  const [name, { default: usual, max }] = found;
  return { [name]: Math.min(max, timesHot * usual) };
}

function variantsOf(application: Application, hot: string): Variant[] {
  const modules = Object.keys(application.modules);
  // Several instances of what writes share a server; all variants have the same store.
  const settings = settingsSchema.parse({ store: 'postgres', tunables: hotWork(application, hot) });
  const whole = (name: string, count: number): Topology => ({
    name,
    units: [{ name: 'all', modules, ...(count === 1 ? {} : { instances: count }) }],
  });
  const title = own(application.modules, hot)?.title ?? hot;
  const apart: Topology = {
    name: 'hot-apart',
    units: [
      { name: 'rest', modules: modules.filter((name) => name !== hot) },
      { name: hot, modules: [hot], instances: instances - 1 },
    ],
  };
  return [
    // What both others are compared with.
    { name: 'whole', title: `The whole ${instances} times`, topology: whole('whole', instances), settings },
    { name: 'nothing', title: 'Nothing replicated', topology: whole('one-whole', 1), settings },
    { name: 'hot-only', title: `${title} ${instances - 1} times`, topology: apart, settings },
  ];
}
