import type { AgentClient } from '../agent/index.ts';
import { instanceTitle, type RunningUnit, type Site } from '../runtime/index.ts';
import { DeployError } from './deploy-error.ts';
import { lastWords } from './last-words.ts';

const readyLimitMs = 60_000;
const readyIntervalMs = 25;
/** A unit that ended this often before it was ready ends again. */
const mostEndings = 6;
/** More than are shown, as some say nothing. */
const readLogLines = 50;

/** Waits until the unit says that it is ready. Throws DeployError when that takes too long or the unit ends over and over. */
export async function untilReady(
  site: Site,
  agent: AgentClient,
  unit: RunningUnit,
  signal: AbortSignal,
): Promise<{ readyAtMs: number }> {
  const givenUp = new AbortController();
  let endings = 0;
  const forget = site.onUnitEvent((event) => {
    if (event.unit !== unit.name || event.instance !== unit.instance || event.kind !== 'die') return;
    endings += 1;
    if (endings < mostEndings) return;
    const code = event.exitCode === null ? '' : `, last with exit code ${event.exitCode}`;
    givenUp.abort(new Error(`it ended ${endings} times${code}`));
  });
  try {
    return await agent.awaitReady(`${unit.serviceUrl}/health/ready`, {
      intervalMs: readyIntervalMs,
      timeoutMs: readyLimitMs,
      signal: AbortSignal.any([signal, givenUp.signal]),
    });
  } catch (error) {
    if (signal.aborted) throw error;
    const lines = await unit.recentLogs(readLogLines).catch(() => []);
    throw new DeployError(
      `${instanceTitle(unit.name, unit.instance)} did not get ready: ${reason(error)}; ${lastWords(lines.map(({ line }) => line))}`,
      { cause: error },
    );
  } finally {
    forget();
  }
}

function reason(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}
