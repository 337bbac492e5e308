import { existsSync } from 'node:fs';
import path from 'node:path';
import { buildDesktop } from '../desktop/build.ts';
import { resolveElectron } from '../electron-binary.ts';
import type { PreparedMachine } from './prepare.ts';
import { runTool } from './run.ts';
import { hasScreen } from './screen.ts';
import { playwrightTotals, withExitCode, type Totals } from './totals.ts';
import { readTotals, reportsFolder } from './vitest.ts';

/**
 * Builds the desktop app and drives it with Playwright, on a virtual screen where there is none. `args` go to Playwright.
 * The tests find the executable in CLEAVE_ELECTRON. Resolves to the exit code.
 */
export async function runEndToEnd(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const electron = await resolveElectron({ allowFallback: true, onProgress: console.log });
  console.log(`Electron ${electron.version} (${electron.origin})`);
  await buildDesktop();
  const withElectron = { ...environment, CLEAVE_ELECTRON: electron.executablePath };
  const playwright = ['test', '--config', 'tests/e2e/playwright.config.ts', ...args];
  if (hasScreen(environment)) return runTool('playwright', playwright, withElectron);
  if (!existsSync('/usr/bin/xvfb-run')) {
    console.error(
      'There is no screen (DISPLAY) and no xvfb-run: node scripts/electron-binary.ts --install-debian-packages',
    );
    return 1;
  }
  // Without -noreset the screen begins anew whenever the last window on it closes, and refuses one that opens meanwhile.
  const screen = ['-a', '--server-args=-screen 0 1600x1000x24 -noreset', 'playwright'];
  return runTool('xvfb-run', [...screen, ...playwright], withElectron);
}

/** The same, counted; the report is kept under `name`. Skipped as one test where no window can be opened. */
export async function endToEndTotals(machine: PreparedMachine, name: string, args: readonly string[]): Promise<Totals> {
  if (machine.noWindow !== null) return { passed: 0, failed: 0, skipped: 1 };
  const file = path.join(reportsFolder, `${name}.json`);
  const exitCode = await runEndToEnd([...args, '--reporter=list,json'], {
    ...machine.environment,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  return withExitCode(await readTotals(file, playwrightTotals), exitCode);
}
