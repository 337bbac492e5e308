import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployTopology, loadApplication, type SingleDeployment } from '../../engine/deploy/index.ts';
import { faultCatalogue, type InjectedFault } from '../../engine/faults/index.ts';
import {
  decodeHistogram,
  errorCount,
  namedTopology,
  quantileMs,
  type EndpointLoad,
  type Fault,
} from '../../engine/model/index.ts';
import { wilsonInterval } from '../../engine/statistics/index.ts';
import { describeWithEngine } from '../support/engine.ts';
import { testLaboratory } from '../support/laboratory.ts';

/** Normal quantile of a two-sided 99 % interval. */
const z99 = 2.5758;
const path = '/api/products/p-1/recommendations';
/** How far the acknowledged moment of a fault may lie from the one a client sees, ms. */
const momentMs = 50;
const probeEveryMs = 10;
const pairsMost = 5;
const openMost = 4;
/** Most of the answers before the fault are there within this, else the machine is too busy to tell when a fault began, ms. */
const usualMs = 25;

interface Probed {
  startedAtMs: number;
  endedAtMs: number;
  good: boolean;
}

/** Holds what a fault claims to do against what a client of the application sees. */
function accuracy(runtime: 'docker' | 'process') {
  const laboratory = testLaboratory();
  const table: string[] = [];
  let running: SingleDeployment;

  beforeAll(async () => {
    const application = await loadApplication(laboratory.applicationsDirectory, 'shop');
    const topology = namedTopology(application, 'microservices');
    if (topology === undefined) throw new Error('the shop has no topology "microservices"');
    running = await deployTopology({
      laboratory,
      application,
      topology,
      runtime,
      session: `metrology-${runtime}-${process.pid}`,
      signal: new AbortController().signal,
      onEvent: () => undefined,
    });
    await measured(5000);
  });
  afterAll(async () => {
    await running?.close();
    laboratory.remove();
    console.log(table.join('\n'));
  });

  /** A steady stream of requests that need recommendations, once each. */
  const measured = async (durationMs: number): Promise<EndpointLoad> => {
    const { deployment } = running;
    const step = { endpoint: 'recommendations', path, headers: {}, expect: { status: [200], fields: [] }, capture: {} };
    const { endpoints } = await deployment.agent.startLoad({
      baseUrl: deployment.entryUrl,
      journeys: { only: { title: 'Only', weight: 1, draw: {}, steps: [step] } },
      stages: [{ journeysPerSecond: 60, durationMs }],
      arrivals: 'constant',
      seed: 1,
      deadlineMs: 5000,
      maxConnections: 256,
      sliceMs: 1000,
      traceShare: 0,
      ledger: false,
      identitySalt: '',
    }).done;
    const endpoint = endpoints['recommendations'];
    if (endpoint === undefined) throw new Error('nothing was measured');
    return endpoint;
  };
  const during = async <T>(fault: Fault, work: (injected: InjectedFault) => Promise<T>): Promise<T> => {
    const { deployment } = running;
    const injected = await faultCatalogue[fault.kind].inject({
      deployment,
      fault,
      id: `metrology-${JSON.stringify(fault)}`.slice(0, 100),
      limitMs: 60_000,
    });
    try {
      return await work(injected);
    } finally {
      await injected.undo();
      expect(await injected.remaining()).toBeNull();
    }
  };
  const medianMs = (load: EndpointLoad): number => quantileMs(decodeHistogram(load.responseTime), 0.5) ?? Number.NaN;

  it.each([50, 200, 500])('slow adds %i ms to a call', async (delayMs) => {
    const pair = async () => {
      const before = medianMs(await measured(2000));
      const slowed = medianMs(await during({ kind: 'slow', module: 'recommendations', delayMs }, () => measured(2000)));
      const after = medianMs(await measured(2000));
      return { drift: Math.abs(after - before), added: slowed - (before + after) / 2 };
    };
    // Where the windows without the fault differ by more than half of what is to be told, the machine was measured, not the fault.
    let { drift, added } = await pair();
    for (let attempt = 1; attempt < pairsMost && drift > 5; attempt += 1) ({ drift, added } = await pair());
    table.push(`${runtime}: slow +${delayMs} ms added ${added.toFixed(1)} ms`);
    expect(Math.abs(added - delayMs)).toBeLessThanOrEqual(Math.max(10, 0.1 * delayMs));
  });

  it.each([0.1, 0.5])('errors fail the share %d of the calls', async (share) => {
    const load = await during({ kind: 'errors', module: 'recommendations', share }, () => measured(8000));
    const failed = errorCount(load.errors);
    const interval = wilsonInterval(failed, load.scheduled, z99);
    table.push(
      `${runtime}: errors ${share} failed ${failed} of ${load.scheduled} (${(failed / load.scheduled).toFixed(3)}, 99 % ${interval.low.toFixed(3)} to ${interval.high.toFixed(3)})`,
    );
    expect(load.scheduled).toBeGreaterThan(400);
    expect(interval.low).toBeLessThanOrEqual(share);
    expect(interval.high).toBeGreaterThanOrEqual(share);
  });

  /** Asks at a fixed spacing, whatever the answers do, from before the fault until it is stopped. */
  const probing = () => {
    const { deployment } = running;
    const answers: Promise<Probed>[] = [];
    const ask = async (): Promise<Probed> => {
      const from = Date.now();
      const bad: Probed = { startedAtMs: from, endedAtMs: Infinity, good: false };
      return deployment.agent
        .request({ method: 'GET', url: `${deployment.entryUrl}${path}`, timeoutMs: 3000 })
        .then(({ startedAtMs, endedAtMs, status }) => ({ startedAtMs, endedAtMs, good: status === 200 }))
        .catch(() => bad);
    };
    let open = 0;
    // Never more than the application answers at once: a line in front of it would hide when the fault began.
    const timer = setInterval(() => {
      if (open >= openMost) return;
      open += 1;
      answers.push(
        ask().finally(() => {
          open -= 1;
        }),
      );
    }, probeEveryMs);
    return {
      stop: async (): Promise<Probed[]> => {
        clearInterval(timer);
        return (await Promise.all(answers)).toSorted((a, b) => a.startedAtMs - b.startedAtMs);
      },
    };
  };

  it.each<{ fault: Fault; slowMs?: number }>([
    { fault: { kind: 'errors', module: 'recommendations', share: 1 } },
    { fault: { kind: 'connection-reset', module: 'recommendations' } },
    { fault: { kind: 'slow', module: 'recommendations', delayMs: 400 }, slowMs: 380 },
    { fault: { kind: 'hang', module: 'recommendations' }, slowMs: 300 },
    { fault: { kind: 'crash', module: 'recommendations' } },
  ])('$fault.kind takes effect when it says so', async ({ fault, slowMs = Infinity }) => {
    const attempt = async () => {
      const probe = probing();
      await delay(400);
      const effectAtMs = await during(fault, async (injected) => {
        await delay(600);
        return injected.effectAtMs;
      });
      const answers = await probe.stop();
      const before = answers
        .filter((one) => one.endedAtMs < effectAtMs - momentMs)
        .map((one) => one.endedAtMs - one.startedAtMs)
        .toSorted((a, b) => a - b);
      return { answers, effectAtMs, usual: before[Math.floor(0.9 * before.length)] ?? Infinity };
    };
    let { answers, effectAtMs, usual } = await attempt();
    for (let left = pairsMost; left > 1 && usual > usualMs; left -= 1) {
      await delay(1000);
      ({ answers, effectAtMs, usual } = await attempt());
    }
    const hurt = (one: Probed) => !one.good || one.endedAtMs - one.startedAtMs > slowMs;
    // A stall of the machine itself long before the fault is not its effect.
    const near = answers.filter((one) => one.endedAtMs >= effectAtMs - momentMs);
    const first = near.find(hurt);
    const lastWell = near.findLast((one) => !hurt(one) && one.startedAtMs < effectAtMs + 300);
    const since = (one: Probed | undefined) => (one === undefined ? Number.NaN : one.startedAtMs - effectAtMs);
    table.push(
      `${runtime}: ${fault.kind} first felt by a request sent ${since(first).toFixed(0)} ms after the acknowledged moment, last unharmed ${since(lastWell).toFixed(0)} ms`,
    );
    // A request sent before may meet the fault on its way; one that was answered before may not.
    expect(answers.filter((one) => !one.good && one.endedAtMs < effectAtMs - momentMs)).toEqual([]);
    expect(since(first)).toBeLessThanOrEqual(momentMs);
    if (fault.kind !== 'crash') expect(since(lastWell)).toBeLessThanOrEqual(momentMs);
  });
}

describe('accuracy of faults in the process runtime', () => accuracy('process'));
describeWithEngine('accuracy of faults in the docker runtime', () => accuracy('docker'));
