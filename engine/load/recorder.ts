import type { Histogram } from 'hdr-histogram-js';
import { emptyCounts, encodeHistogram, newHistogram, type EndpointLoad, type RequestCounts } from '../model/index.ts';
import type { Outcome } from './exchange.ts';
import type { MeasuredTimes } from './health.ts';
import { TimeCounts } from './time-counts.ts';

/** The tallies of one endpoint over a whole load. */
interface EndpointTally {
  counts: RequestCounts;
  response: TimeCounts;
  /** The same without what the pacer was late. */
  punctual: TimeCounts;
  failures: TimeCounts;
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
      punctual: new TimeCounts(),
      failures: new TimeCounts(),
      service: new TimeCounts(),
    }));
  }

  /** `pacingLagMs`: the part of the response time that passed before it was handed over; `serviceMs` is NaN for a request that was never sent. */
  record(endpoint: number, outcome: Outcome, responseMs: number, pacingLagMs: number, serviceMs: number): void {
    const tally = this.tallies[endpoint];
    if (tally === undefined) return;
    countOutcome(tally.counts, outcome);
    if (isAnswer(outcome)) {
      tally.response.record(responseMs);
      tally.punctual.record(responseMs - pacingLagMs);
      tally.service.record(serviceMs);
    } else tally.failures.record(responseMs);
  }

  endpointLoads(): Record<string, EndpointLoad> {
    return Object.fromEntries(
      this.tallies.map(({ counts, response, punctual, failures, service }, index) => [
        this.endpoints[index] ?? '',
        {
          ...counts,
          responseTime: encodeHistogram(response.toHistogram()),
          punctualTime: encodeHistogram(punctual.toHistogram()),
          failureAge: encodeSome(failures),
          serviceTime: encodeHistogram(service.toHistogram()),
        },
      ]),
    );
  }

  /** Times over all endpoints, ms, and what late starts alone added to them; 0 without any request. */
  overall(): MeasuredTimes & { pacingShiftP50Ms: number; pacingShiftP95Ms: number } {
    const all = (which: 'response' | 'punctual' | 'service') => {
      const sum = newHistogram();
      for (const tally of this.tallies) sum.add(tally[which].toHistogram());
      return sum;
    };
    const [response, punctual, service] = [all('response'), all('punctual'), all('service')];
    const shiftMs = (percent: number) => percentileMs(response, percent) - percentileMs(punctual, percent);
    return {
      serviceP50Ms: percentileMs(service, 50),
      responseP50Ms: percentileMs(response, 50),
      responseP95Ms: percentileMs(response, 95),
      pacingShiftP50Ms: shiftMs(50),
      pacingShiftP95Ms: shiftMs(95),
    };
  }
}

function percentileMs(histogram: Histogram, percent: number): number {
  return histogram.totalCount === 0 ? 0 : histogram.getValueAtPercentile(percent) / 1000;
}

/** Whether a request was answered as expected, in time or not; everything else is a failure, whose age says nothing about an answer. */
export function isAnswer(outcome: Outcome): boolean {
  return outcome === 'good' || outcome === 'late';
}

/** As text for a result; empty where nothing was counted. */
export function encodeSome(times: TimeCounts): string {
  return times.total === 0 ? '' : encodeHistogram(times.toHistogram());
}

/** Adds one request that ended so. */
export function countOutcome(counts: RequestCounts, outcome: Outcome): void {
  counts.scheduled++;
  if (outcome === 'good' || outcome === 'late' || outcome === 'dropped') counts[outcome]++;
  else counts.errors[outcome]++;
}
