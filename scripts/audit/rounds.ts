import { definitions } from './catalogue.ts';
import { own } from './own.ts';
import type { Application, Finding, Generator, ResultFile, Round } from './result-file.ts';
import { weathered } from './storm.ts';
import { slicesTouching, slicesWithin } from './windows.ts';

/** What a round measures, as far as it can be measured again by itself; faults as `isolation: <label>`. */
export function partOf(metric: string, { fault, rate }: Finding['scope']): string {
  const question = own(definitions, metric)?.question ?? '';
  if (question === 'fault') return `isolation: ${fault}`;
  if (question === 'latency') return rate === undefined ? 'latency' : 'higher';
  if (question === 'cost') return 'latency';
  return { deployment: 'deployment', storm: 'storm', books: 'consistency', calls: 'hops' }[question] ?? question;
}

const LOST = 3;
const WITHHELD_MOST = 0.005;

/** The number that one deployment of a block has in a part: 0 sound, 1 disturbed, 2 not to be believed, 3 nothing. */
function badness(round: Round | undefined, part: string, application: Application): number {
  if (round === undefined || round.status === 'failed' || round.status === 'cancelled') return LOST;
  // Times that cannot be spoil everything; what a late generator spoils is told by itself.
  if (round.status === 'invalid' && round.latency?.generator.valid !== false) return 2;
  const machine = round.status === 'completed' ? 0 : 1;
  const ofLoad = (load: Round['latency']) =>
    load === null ? LOST : !load.generator.valid ? 2 : Number(load.generator.disturbances.length > 0);
  switch (part) {
    case 'latency':
      return round.latency === null ? LOST : round.status === 'invalid' ? 2 : machine;
    case 'higher':
      return ofLoad(round.higher?.load ?? null);
    case 'storm': {
      if (round.storm?.status !== 'applied') return round.storm?.status === 'cannot-happen' ? 0 : LOST;
      if (weathered(round, application) === null) return LOST;
      const last = round.generators['storm again'] ?? round.generators['storm'];
      return last?.saturated === true ? 2 : Number((last?.disturbances.length ?? 0) > 0);
    }
    case 'deployment':
    case 'capacity':
    case 'hops':
    case 'consistency':
      return round[part] === null ? LOST : machine;
    default: {
      const fault = round.isolation.find(({ label }) => `isolation: ${label}` === part);
      if (fault?.status !== 'applied') return fault?.status === 'cannot-happen' ? 0 : LOST;
      if (round.generators['isolation']?.saturated === true) return 2;
      const until = slicesWithin(round.lines['isolation'] ?? [], -Infinity, fault.watchedUntilMs ?? -Infinity);
      const seen = slicesTouching(until, fault.effectAtMs ?? Infinity, Infinity);
      const all = seen.reduce((total, { lengthMs }) => total + lengthMs, 0);
      return Number(seen.reduce((total, { withheldMs }) => total + withheldMs, 0) > WITHHELD_MOST * all);
    }
  }
}

/**
 * The round that stands for a variant in a part, block by block; null where there is none. One attempt counts for all that the block deploys: that whose
 * worst deployment is least bad, then that with the least trouble in all, then the first.
 */
export function chosenRounds(
  { rounds, order, experiment, application }: ResultFile,
  part: string,
  variant: string,
  replica: boolean,
): (Round | null)[] {
  const blocks = Math.max(order.length, ...rounds.map(({ block }) => block + 1));
  const [baseline] = experiment.variants;
  const deployed = experiment.variants.map(({ name }) => ({ name, again: false }));
  if (experiment.noiseFloor && baseline !== undefined) deployed.push({ name: baseline.name, again: true });
  return Array.from({ length: blocks }, (_, block) => {
    const tries = new Map<number, Round[]>();
    for (const round of rounds)
      if (round.block === block && (round.only?.includes(part) ?? true))
        tries.set(round.attempt, [...(tries.get(round.attempt) ?? []), round]);
    const ranked = [...tries].map(([attempt, those]) => {
      const marks = deployed.map(({ name, again }) =>
        badness(
          those.find((round) => round.variant === name && round.replica === again),
          part,
          application,
        ),
      );
      return { attempt, those, worst: Math.max(...marks), all: marks.reduce((total, mark) => total + mark, 0) };
    });
    const [best] = ranked.toSorted((a, b) => a.worst - b.worst || a.all - b.all || a.attempt - b.attempt);
    const mine = best?.those.find((round) => round.variant === variant && round.replica === replica);
    return mine === undefined || mine.status === 'failed' || mine.status === 'cancelled' ? null : mine;
  });
}

/** Whether this number of the round is not the application's, so that it is left out where others are sound. */
export function isSpoilt(round: Round, metric: string, scope: Finding['scope']): boolean {
  if (round.status === 'invalid' && round.latency?.generator.valid !== false) return true;
  const question = own(definitions, metric)?.question;
  if (question === 'latency' && scope.rate !== undefined)
    return round.higher !== null && !round.higher.load.generator.valid && touches(round.higher.load.generator, metric);
  if (question === 'latency') return round.status === 'invalid' && touches(round.latency?.generator, metric);
  if (question === 'storm') return (round.generators['storm again'] ?? round.generators['storm'])?.saturated === true;
  if (question === 'fault') return round.generators['isolation']?.saturated === true;
  return false;
}

/** Late starts leave alone what does not count from the intended start, and the median unless it was shifted itself. */
function touches(generator: Generator | undefined, metric: string): boolean {
  if (generator === undefined || generator.saturated || generator.shifted.length === 0) return true;
  if (metric === 'service-p50' || metric === 'availability') return false;
  return metric === 'response-p50' ? generator.shifted.includes('p50') : true;
}
