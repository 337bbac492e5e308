import {
  ContractError,
  endpointsBroken,
  layersOf,
  leftBehind,
  modulesOf,
  type SeenCall,
} from '../../contracts/index.ts';
import { DeployError, oneDocument, type ApiDocument } from '../../deploy/index.ts';
import { type ContractChange, type ContractDifference, type VersionSkew } from '../../model/index.ts';
import { startLoad, type ProbeContext } from '../context.ts';
import { independentJourneys } from '../independent-journeys.ts';
import { tracedLoad } from '../traces.ts';
import { callsOf, operationsUsed } from './calls.ts';

/** How long requests are traced, to see who calls what, ms. */
const tracedMs = 2000;
/** How long people are on two versions at once, ms. */
const skewMs = 2000;

/** Who calls what in one deployment; found once, when it is first asked. */
export class Calls {
  readonly #context: ProbeContext;
  #seen: Promise<SeenCall[]> | null = null;

  constructor(context: ProbeContext) {
    this.#context = context;
  }

  seen(): Promise<SeenCall[]> {
    this.#seen ??= tracedLoad(this.#context, {
      ...{ phase: 'who calls what', durationMs: tracedMs, traceShare: 1, arrivals: 'constant' },
    }).then(callsOf);
    return this.#seen;
  }
}

/** What the units say of their contracts now, as one document; null, and a word to who watches, where they do not. */
export async function documentOf(context: ProbeContext): Promise<ApiDocument | null> {
  try {
    return oneDocument(await context.deployment.documents());
  } catch (error) {
    return withoutContracts(context, error);
  }
}

/** What a release did to contracts, both ways; null, and a word to who watches, where that cannot be told. */
export async function differencesBetween(
  context: ProbeContext,
  before: ApiDocument | null,
  after: ApiDocument | null,
): Promise<Pick<ContractChange, 'differences' | 'backward'> | null> {
  if (before === null || after === null) return null;
  const { signal, deployment } = context;
  const { compare } = deployment;
  try {
    const differences = await compare(before, after, signal);
    return { differences, backward: differences.length === 0 ? [] : await compare(after, before, signal) };
  } catch (error) {
    return withoutContracts(context, error);
  }
}

/** A release can be measured without its contracts; whatever else went wrong is thrown on. */
function withoutContracts({ deployment, onEvent }: ProbeContext, error: unknown): null {
  if (!(error instanceof ContractError || error instanceof DeployError)) throw error;
  onEvent({ atMs: deployment.clock.nowMs(), type: 'message', level: 'warning', text: error.message });
  return null;
}

/**
 * Has a change half there, with those who answer released and with those who ask, at every border between the two, and counts who is not served; the deployment is as before
 * afterwards. Nothing where one unit has both, since then no two versions can meet. Where somebody asks who has no other program by the change, all of it is there once as well. With it comes who calls what.
 */
export async function measureSkews(
  context: ProbeContext,
  calls: Calls,
  change: {
    name: string;
    /** The change, after those it builds on. */
    chain: readonly string[];
    /** Units that become another program by it. */
    changedUnits: readonly string[];
    differences: readonly ContractDifference[];
    backward: readonly ContractDifference[];
  },
): Promise<Pick<ContractChange, 'skews' | 'staying' | 'calls'>> {
  const { application, variant } = context.deployment;
  const { topology } = variant;
  const altered = modulesOf(application, [...change.differences, ...change.backward]);
  const { changedUnits } = change;
  const layers = layersOf(application, topology, { changedUnits, altered });
  const behind = leftBehind(application, topology, { changedUnits, altered });
  if (altered.length === 0 || (layers.length < 2 && behind.length === 0)) return { skews: [] };
  const seen = await calls.seen();
  const measure = async (
    first: VersionSkew['first'],
    released: string[],
    left: string[],
    phase = `${first} of ${change.name} alone`,
  ): Promise<VersionSkew> => {
    const broken = first === 'providers' ? change.differences : change.backward;
    return {
      ...{ first, released, left, requests: await partlyThere(context, { chain: change.chain, released, phase }) },
      predicted: endpointsBroken({ application, topology, released, broken, calls: seen, first }),
    };
  };
  const skews: VersionSkew[] = [];
  for (const first of ['providers', 'callers'] as const)
    for (let border = 1; border < layers.length; border += 1) {
      const [below, above] = [layers.slice(0, border).flat(), layers.slice(border).flat()];
      skews.push(await (first === 'providers' ? measure(first, below, above) : measure(first, above, below)));
    }
  const staying =
    behind.length === 0
      ? {}
      : { staying: await measure('providers', [...changedUnits], behind, `all of ${change.name}`) };
  return { skews, ...staying, calls: operationsUsed(seen) };
}

async function partlyThere(
  context: ProbeContext,
  { chain, released, phase }: { chain: readonly string[]; released: readonly string[]; phase: string },
): Promise<VersionSkew['requests']> {
  const { deployment, experiment, signal } = context;
  const strategy = experiment.probes.redeployment?.strategy ?? 'rolling';
  const { journeys, perJourney } = independentJourneys(deployment.application);
  await deployment.release({ changes: chain, strategy, units: released, isBuiltBefore: true, signal });
  const { endpoints } = await startLoad(context, {
    phase,
    durationMs: skewMs,
    journeys,
    journeysPerSecond: experiment.load.journeysPerSecond * perJourney,
    arrivals: 'constant',
  }).done;
  await deployment.takeBack({ strategy, signal });
  return Object.fromEntries(
    Object.entries(endpoints).map(([endpoint, { scheduled, good, late }]) => [
      endpoint,
      // An answer that comes late is still one that the contract let through.
      { scheduled, lost: scheduled - good - late },
    ]),
  );
}
