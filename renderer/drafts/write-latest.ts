/** Writes the newest of what it is given: one write at a time, and what is overtaken meanwhile is never written. */
export interface LatestWriter {
  write(text: string): void;
  /** Writes what waits at once: the page goes away. */
  flush(): void;
}

export function writeLatest(write: (text: string) => Promise<unknown>): LatestWriter {
  let waiting: string | null = null;
  let busy = false;
  const next = (): void => {
    if (waiting === null) return;
    const text = waiting;
    waiting = null;
    busy = true;
    // A failed write is tried again with the next change.
    write(text)
      .catch(() => undefined)
      .finally(() => {
        busy = false;
        next();
      });
  };
  return {
    write: (text) => {
      waiting = text;
      if (!busy) next();
    },
    flush: next,
  };
}
