import { emptyCounts, encodeHistogram, newHistogram, type EndpointLoad, type RequestCounts } from '../model/index.ts';
import type { Outcome } from './exchange.ts';
import { TimeCounts } from './time-counts.ts';

/** The tallies of one endpoint over a whole load. */
interface EndpointTally {
  counts: RequestCounts;
  response: TimeCounts;
  service: TimeCounts;
}

/** Counts requests and their times by endpoint. */
export class Recorder {
  private readonly tallies: EndpointTally[];
  private readonly endpoints: readonly string[];

  constructor(endpoints: readonly string[]) {
    this.endpoints = endpoints;
    this.tallies = endpoints.map(() => ({
      counts: emptyCounts(),
      response: new TimeCounts(),
      service: new TimeCounts(),
    }));
  }

  /** `serviceMs` is NaN for a request that was never sent. */
  record(endpoint: number, outcome: Outcome, responseMs: number, serviceMs: number): void {
    const tally = this.tallies[endpoint];
    if (tally === undefined) return;
    countOutcome(tally.counts, outcome);
    tally.response.record(responseMs);
    if (!Number.isNaN(serviceMs)) tally.service.record(serviceMs);
  }

  endpointLoads(): Record<string, EndpointLoad> {
    return Object.fromEntries(
      this.tallies.map(({ counts, response, service }, index) => [
        this.endpoints[index] ?? '',
        {
          ...counts,
          responseTime: encodeHistogram(response.toHistogram()),
          serviceTime: encodeHistogram(service.toHistogram()),
        },
      ]),
    );
  }

  /** Median service time over all endpoints, ms; 0 without any. */
  serviceP50Ms(): number {
    const all = newHistogram();
    for (const tally of this.tallies) all.add(tally.service.toHistogram());
    return all.totalCount === 0 ? 0 : all.getValueAtPercentile(50) / 1000;
  }
}

/** Adds one request that ended so. */
export function countOutcome(counts: RequestCounts, outcome: Outcome): void {
  counts.scheduled++;
  if (outcome === 'good' || outcome === 'late' || outcome === 'dropped') counts[outcome]++;
  else counts.errors[outcome]++;
}
