/** What the window finds when it opens, from the address: `?engine=missing&results=0&run=0.4&explore=1&theme=dark`. */
export interface Stage {
  engine: 'healthy' | 'stopped' | 'missing' | 'error';
  results: number;
  /** How far a run already is, 0 to 1; null for none. */
  run: number | null;
  /** Simulated time over real time. */
  speed: number;
  explore: boolean;
  /** Whether other programs use the machine. */
  loud: boolean;
  theme: 'system' | 'light' | 'dark';
  /** Requests that fail, by name. */
  failing: readonly string[];
}

export function readStage(query: URLSearchParams): Stage {
  const engine = query.get('engine');
  const theme = query.get('theme');
  const run = query.get('run');
  return {
    engine: engine === 'stopped' || engine === 'missing' || engine === 'error' ? engine : 'healthy',
    results: Number(query.get('results') ?? 12),
    run: run === null ? null : Number(run),
    speed: Number(query.get('speed') ?? 1),
    explore: query.has('explore'),
    loud: query.has('loud'),
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    failing: query.getAll('failing'),
  };
}
