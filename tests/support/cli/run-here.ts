import { vi } from 'vitest';
import { runCli } from '../../../cli/program.ts';
import type { Home } from './run.ts';

/**
 * Runs the command line in the test's own process, which is enough for a refusal: a process of its own takes a second longer. One at a time, since
 * environment and output are the process's.
 */
export async function runHere(
  home: Home,
  parameters: readonly string[],
  environment: Record<string, string> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const said = { stdout: '', stderr: '' };
  const stubs = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      said[stream] += typeof text === 'string' ? text : Buffer.from(text).toString();
      return true;
    }),
  );
  for (const [name, value] of Object.entries({ CLEAVE_DATA_DIR: home.data, NO_COLOR: '1', ...environment }))
    vi.stubEnv(name, value);
  try {
    const code = await runCli(['node', 'cleave', ...parameters]);
    return { code, ...said };
  } finally {
    for (const stub of stubs) stub.mockRestore();
    vi.unstubAllEnvs();
  }
}
