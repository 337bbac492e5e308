import { existsSync } from 'node:fs';
import { homeHere } from '../../engine/files/index.ts';
import type { EngineStatus } from '../../engine/model/index.ts';
import type { FoundEngine, NoEngine } from '../../engine/runtime/index.ts';

/** Looks again and again whether a container engine answers. */
export interface EngineWatch {
  status(): EngineStatus;
  /** Looks now; joins a look that is under way. */
  check(): Promise<EngineStatus>;
  /** Another address, or null for the discovered one; looks at once. */
  setAddress(address: string | null): void;
  stop(): void;
}

export interface EngineWatchOptions {
  address: string | null;
  intervalMs: number;
  /** The first look waits as long, ms. */
  firstAfterMs?: number;
  onChange: (status: EngineStatus) => void;
  discover?: (options: { explicit?: string; answerLimitMs?: number }) => Promise<FoundEngine | NoEngine>;
  nowMs?: () => number;
}

// Large, and not needed to list what there is.
const discoverEngine: NonNullable<EngineWatchOptions['discover']> = async (options) =>
  (await import('../../engine/runtime/index.ts')).discoverEngine(options);

/** An engine that answered before and says nothing for so long is lost; with the time between two looks no more than 5 s pass until it is said. */
const lostAfterMs = 2000;

/** Starts looking at once or a little later, then every `intervalMs` after the last look ended. */
export function watchEngine({
  address,
  intervalMs,
  firstAfterMs = 0,
  onChange,
  discover = discoverEngine,
  nowMs = Date.now,
}: EngineWatchOptions): EngineWatch {
  let wanted = address;
  let current: EngineStatus = {
    state: 'checking',
    name: null,
    version: null,
    endpoint: null,
    problem: null,
    nextStep: null,
    checkedAtMs: nowMs(),
  };
  let looking: Promise<EngineStatus> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let everHealthy = false;

  const look = async (): Promise<EngineStatus> => {
    const asked = wanted;
    // One that answered a moment ago answers soon, or is lost.
    const limit = current.state === 'healthy' ? { answerLimitMs: lostAfterMs } : {};
    const found = await discover({ ...(asked === null ? {} : { explicit: asked }), ...limit });
    if (asked !== wanted) return look();
    const next = 'docker' in found ? healthy(found, nowMs()) : missing(found, everHealthy, nowMs());
    everHealthy ||= next.state === 'healthy';
    const changed = JSON.stringify({ ...next, checkedAtMs: 0 }) !== JSON.stringify({ ...current, checkedAtMs: 0 });
    current = next;
    if (changed) onChange(next);
    return next;
  };
  const check = (): Promise<EngineStatus> => {
    clearTimeout(timer);
    looking ??= look().finally(() => {
      looking = null;
      if (!stopped) timer = setTimeout(lookAround, intervalMs);
    });
    return looking;
  };
  const lookAround = () => void check().catch(() => undefined);
  if (firstAfterMs === 0) lookAround();
  else timer = setTimeout(lookAround, firstAfterMs);

  return {
    status: () => current,
    check,
    setAddress: (next) => {
      if (next === wanted) return;
      wanted = next;
      everHealthy = false;
      lookAround();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

function healthy(found: FoundEngine, checkedAtMs: number): EngineStatus {
  return {
    state: 'healthy',
    name: found.name,
    version: found.version,
    endpoint: withoutHome(found.address),
    problem: null,
    nextStep: null,
    checkedAtMs,
  };
}

function missing(found: NoEngine, everHealthy: boolean, checkedAtMs: number): EngineStatus {
  const problems = found.tried.map((attempt) => attempt.problem).join(' ');
  const state = /EACCES/.test(problems)
    ? 'error'
    : everHealthy || /ECONNREFUSED/.test(problems) || installed()
      ? 'stopped'
      : 'missing';
  return {
    state,
    name: null,
    version: null,
    endpoint: null,
    problem: withoutHome(found.problem),
    nextStep: withoutHome(found.nextStep),
    checkedAtMs,
  };
}

/** Places where an engine's program lies when it is installed but not started. */
function installed(): boolean {
  const places =
    process.platform === 'win32'
      ? ['C:\\Program Files\\Docker\\Docker\\Docker Desktop.exe', 'C:\\Program Files\\RedHat\\Podman\\podman.exe']
      : [
          '/usr/bin/dockerd',
          '/usr/sbin/dockerd',
          '/usr/bin/podman',
          '/Applications/Docker.app',
          '/Applications/OrbStack.app',
          '/opt/podman/bin/podman',
          '/opt/homebrew/bin/colima',
        ];
  return places.some((place) => existsSync(place));
}

function withoutHome(text: string): string {
  const home = homeHere();
  return home.length > 1 ? text.replaceAll(home, '~') : text;
}
