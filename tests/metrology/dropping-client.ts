import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { arrivalTimes } from '../../engine/load/index.ts';
import {
  emptyCounts,
  encodeHistogram,
  newHistogram,
  recordMs,
  type EndpointLoad,
  type LoadPlan,
} from '../../engine/model/index.ts';

/**
 * The wrong way to generate load, as a control: arrivals that find no free connection are dropped and forgotten, and time counts from the
 * send. A metrology that lets this pass tests nothing.
 */
export async function runDroppingClient(
  plan: LoadPlan,
): Promise<{ startedAtMs: number; endpoints: Record<string, EndpointLoad> }> {
  const pool = new Pool(plan.baseUrl, { connections: plan.maxConnections });
  const next = arrivalTimes(plan);
  const times = newHistogram();
  const counts = emptyCounts();
  const underWay = new Set<Promise<void>>();
  const startMs = performance.now() + 20;

  async function send(): Promise<void> {
    const sentMs = performance.now();
    const { statusCode, body } = await pool.request({ path: '/', method: 'GET' });
    await body.dump();
    recordMs(times, performance.now() - sentMs);
    if (statusCode === 200) counts.good++;
    else counts.errors.status++;
  }

  for (let due = startMs + next(); Number.isFinite(due); due = startMs + next()) {
    const leftMs = due - performance.now();
    if (leftMs > 0) await sleep(leftMs);
    counts.scheduled++;
    if (underWay.size >= plan.maxConnections) {
      counts.dropped++;
      continue;
    }
    const sent = send();
    underWay.add(sent);
    void sent.finally(() => underWay.delete(sent));
  }
  await Promise.all(underWay);
  await pool.close();
  const encoded = encodeHistogram(times);
  return {
    startedAtMs: performance.timeOrigin + startMs,
    endpoints: {
      target: { ...counts, responseTime: encoded, punctualTime: null, serviceTime: encoded, failureAge: '' },
    },
  };
}
