import type { LabEvent, RunSnapshot } from '../../engine/model/index.ts';

const keptLogLines = 2000;
/** The window draws no faster than this. */
export const batchIntervalMs = 50;

export interface RunRecorder {
  /** Takes one event of a run; the first event of another run replaces the old one. */
  record(runId: string, event: LabEvent): void;
  /** Ends a run whose engine host is gone, with a text by whether it had passed its gate, from where on what it measures is kept. Does nothing when no run is active. */
  interrupt(textOf: (isKept: boolean) => string): void;
  snapshot(): RunSnapshot | null;
  readonly activeRunId: string | null;
  /** Counts a run that was asked for as one until it has begun or was refused. */
  expect<T>(begun: Promise<T>): Promise<T>;
  /** Whether a run goes on or is about to. */
  readonly busy: boolean;
  /** Hands over what is waiting, now. */
  flush(): void;
}

export interface RecorderOptions {
  onBatch: (batch: { runId: string; events: LabEvent[] }) => void;
  onEnd: (end: Extract<LabEvent, { type: 'run-ended' }>) => void;
  /** Calls back once, later; injected so that tests need no clock. */
  later: (callback: () => void) => void;
  nowMs: () => number;
}

/**
 * Remembers the running (or last) experiment's events, so that a reloaded window can draw it again, and hands new ones over
 * in batches. Lives in the main process because it must survive both the window and the engine host.
 */
export function recordRuns(options: RecorderOptions): RunRecorder {
  let run: RunSnapshot | null = null;
  let logLines = 0;
  let waiting: LabEvent[] = [];
  let scheduled = false;
  let expected = 0;

  const flush = () => {
    scheduled = false;
    if (run === null || waiting.length === 0) return;
    const events = waiting;
    waiting = [];
    options.onBatch({ runId: run.runId, events });
  };
  const record = (runId: string, event: LabEvent) => {
    if (run === null || run.runId !== runId) {
      flush();
      run = { runId, active: true, events: [] };
      logLines = 0;
    }
    run.events.push(event);
    if (event.type === 'log') logLines += 1;
    if (logLines > keptLogLines * 1.25) {
      run.events = withoutOldLogs(run.events, logLines - keptLogLines);
      logLines = keptLogLines;
    }
    waiting.push(event);
    if (event.type === 'run-ended') {
      run.active = false;
      flush();
      options.onEnd(event);
    } else if (!scheduled) {
      scheduled = true;
      options.later(flush);
    }
  };
  return {
    record,
    interrupt: (textOf) => {
      if (run?.active !== true) return;
      const text = textOf(run.events.some(({ type }) => type === 'gate'));
      record(run.runId, { atMs: options.nowMs(), type: 'run-ended', outcome: 'interrupted', resultId: null, text });
    },
    snapshot: () => (run === null ? null : { ...run, events: withoutOldLogs(run.events, logLines - keptLogLines) }),
    get activeRunId() {
      return run?.active === true ? run.runId : null;
    },
    expect: async (begun) => {
      expected += 1;
      try {
        return await begun;
      } finally {
        expected -= 1;
      }
    },
    get busy() {
      return expected > 0 || run?.active === true;
    },
    flush,
  };
}

function withoutOldLogs(events: LabEvent[], surplus: number): LabEvent[] {
  let left = surplus;
  return events.filter((event) => {
    if (left <= 0 || event.type !== 'log') return true;
    left -= 1;
    return false;
  });
}
