import type { AgentClient, LoadHandle } from '../agent/index.ts';
import type { FailedRequest, LoadMeasurement } from '../model/index.ts';
import type { Clocks } from './clocks.ts';

/**
 * The agent with every time that it gives moved to the laboratory's clock. Its clock is measured again after each load and never within one, so
 * that the slices of a load follow each other without gaps.
 */
export function agentInLaboratoryTime(agent: AgentClient, clocks: Clocks): AgentClient {
  let loads = 0;
  const moved = (one: FailedRequest): FailedRequest => ({
    ...one,
    startedAtMs: clocks.agentMs(one.startedAtMs),
    endedAtMs: clocks.agentMs(one.endedAtMs),
  });
  const converted = async (done: Promise<LoadMeasurement>): Promise<LoadMeasurement> => {
    let measured: LoadMeasurement;
    try {
      const seen = await done;
      measured = {
        ...seen,
        startedAtMs: clocks.agentMs(seen.startedAtMs),
        ledger: seen.ledger.map((entry) => ({ ...entry, atMs: clocks.agentMs(entry.atMs) })),
        ...(seen.failures === undefined ? {} : { failures: seen.failures.map(moved) }),
      };
    } finally {
      loads -= 1;
    }
    // An agent that does not answer any more fails whoever needs it next.
    if (loads === 0) await clocks.measureAgent(agent).catch(() => undefined);
    return measured;
  };
  return {
    nodeVersion: agent.nodeVersion,
    ping: () => agent.ping(),
    close: () => agent.close(),
    lead: (urls, options) => agent.lead(urls, options),
    async request(request) {
      const answer = await agent.request(request);
      const { startedAtMs, endedAtMs } = answer;
      return { ...answer, startedAtMs: clocks.agentMs(startedAtMs), endedAtMs: clocks.agentMs(endedAtMs) };
    },
    async awaitReady(url, options) {
      const ready = await agent.awaitReady(url, options);
      return { ...ready, readyAtMs: clocks.agentMs(ready.readyAtMs) };
    },
    startLoad(plan, options = {}): LoadHandle {
      const { onSlice } = options;
      loads += 1;
      const handle = agent.startLoad(plan, {
        ...options,
        onSlice: (slice) => onSlice?.({ ...slice, startMs: clocks.agentMs(slice.startMs) }),
      });
      const done = converted(handle.done);
      // Whoever only stops a load must not be ended by its failure.
      done.catch(() => undefined);
      return {
        done,
        stop: () => {
          void handle.stop().catch(() => undefined);
          return done;
        },
      };
    },
  };
}
