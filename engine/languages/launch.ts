import type { Language } from '../model/index.ts';

/** A program that is there and runs those of a language. */
export type Interpreter = 'node' | 'python';

/** How a program of a language is started. */
export interface Launch {
  /** The file of the program that is started. */
  main: string;
  /** Null: the program itself can be started. */
  interpreter: Interpreter | null;
  /** What else must be in its environment, with that limit of its memory. */
  environment(memoryBytes: number): Record<string, string>;
  /** Names of those variables that say something about the memory. */
  ofMemory: readonly string[];
  /** What it writes to its standard error when it ends for want of memory. */
  outOfMemory: RegExp;
}

const launches: Readonly<Record<Language, Launch>> = {
  typescript: {
    main: 'unit.mjs',
    interpreter: 'node',
    // All of what there is, so that the limit of the system is always met first: running out of memory then is the kernel's kill, which is seen, and not an abort inside Node.
    environment: (memoryBytes) => ({
      NODE_ENV: 'production',
      NODE_OPTIONS: `--max-old-space-size=${Math.ceil(memoryBytes / 1024 / 1024)}`,
    }),
    ofMemory: ['NODE_OPTIONS'],
    outOfMemory: /heap out of memory/,
  },
  go: {
    main: 'unit',
    interpreter: null,
    environment: () => ({}),
    ofMemory: [],
    outOfMemory: /^(fatal error: )?runtime: (out of memory|cannot allocate memory)/,
  },
  // Its files may not be written to, and its lines are to be seen when they are written.
  python: {
    main: 'main.py',
    interpreter: 'python',
    environment: () => ({ PYTHONDONTWRITEBYTECODE: '1', PYTHONUNBUFFERED: '1' }),
    ofMemory: [],
    outOfMemory: /^MemoryError\b/,
  },
};

export function launchOf(language: Language): Launch {
  return launches[language];
}
