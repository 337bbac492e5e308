import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { findGo } from '../../engine/languages/go/compiler.ts';
import { findPython } from '../../engine/languages/python/interpreter.ts';
import { canInstallDebianPackages, installDebianPackages } from '../debian/packages.ts';
import { daemonPaths, removeLeftovers, startDaemon, stopDaemon } from '../docker-engine/daemon.ts';
import { findAnsweringEngine } from '../docker-engine/find.ts';
import { resolveElectron } from '../electron-binary.ts';
import { DESKTOP_DEBIAN_PACKAGES } from '../electron/packages.ts';
import { hasScreen } from './screen.ts';
import { stopping } from './stopping.ts';

const ENGINE_DEBIAN_PACKAGES = ['docker.io', 'iptables'];
/** A compiler and an interpreter for units in other languages. */
const LANGUAGE_DEBIAN_PACKAGES = ['golang-1.19-go', 'python3'];

/** What the tests find on this machine, and what of it was put there for them. */
export interface PreparedMachine {
  /** For whatever runs the tests. */
  environment: NodeJS.ProcessEnv;
  /** Why no window can be opened here; null where one can. */
  noWindow: string | null;
  /** Takes away what was started. */
  close: () => Promise<void>;
}

/**
 * Makes ready what the tests need and this process may install: on Debian as root a container engine of their own, a virtual screen with the
 * libraries of Electron, a browser, and what units in Go and Python need. What cannot be had is told in one loud line each, and the tests that need it are skipped.
 */
export async function prepareMachine(): Promise<PreparedMachine> {
  // What is started here is taken away also when somebody ends this.
  stopping();
  const mayInstall = await canInstallDebianPackages();
  const engine = await anEngine(mayInstall);
  await installLanguages(mayInstall);
  const noWindow = await whyNoWindow(mayInstall);
  if (noWindow !== null) loud(`NO WINDOW CAN BE OPENED, SO NO END-TO-END TEST RUNS: ${noWindow}`);
  const environment = { ...process.env, ...(engine.address === null ? {} : { DOCKER_HOST: engine.address }) };
  return { environment, noWindow, close: engine.close };
}

async function anEngine(mayInstall: boolean): Promise<{ address: string | null; close: () => Promise<void> }> {
  const nothing = async (): Promise<void> => undefined;
  const found = await findAnsweringEngine();
  if (found !== undefined) return { address: found, close: nothing };
  if (!mayInstall) {
    loud('NO CONTAINER ENGINE ANSWERS, SO NO TEST THAT NEEDS ONE RUNS: start Docker or Podman, or set DOCKER_HOST');
    return { address: null, close: nothing };
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cleave-engine-'));
  const paths = daemonPaths(folder);
  const close = async (): Promise<void> => {
    await stopDaemon(paths);
    await removeLeftovers(paths, [folder]);
  };
  try {
    await installDebianPackages(ENGINE_DEBIAN_PACKAGES);
    await startDaemon(paths);
    console.log(`Started a container engine for the tests in ${folder}.`);
    return { address: `unix://${paths.socket}`, close };
  } catch (error) {
    await close();
    loud(`NO CONTAINER ENGINE COULD BE STARTED, SO NO TEST THAT NEEDS ONE RUNS: ${reason(error)}`);
    return { address: null, close: nothing };
  }
}

async function installLanguages(mayInstall: boolean): Promise<void> {
  const found = [await findGo(), await findPython()];
  if (found.every((one) => one !== null)) return;
  try {
    if (!mayInstall) throw new Error('install Go 1.19 and Python 3.10, or newer ones');
    await installDebianPackages(LANGUAGE_DEBIAN_PACKAGES);
  } catch (error) {
    loud(`GO OR PYTHON IS MISSING, SO NO TEST OF UNITS IN THEM RUNS: ${reason(error)}`);
  }
}

async function whyNoWindow(mayInstall: boolean): Promise<string | null> {
  try {
    if (mayInstall) await installDebianPackages(DESKTOP_DEBIAN_PACKAGES);
    if (!hasScreen(process.env) && !existsSync('/usr/bin/xvfb-run'))
      return 'there is no screen (DISPLAY), and no virtual one (xvfb-run)';
    await resolveElectron({ allowFallback: true, onProgress: console.log });
    return null;
  } catch (error) {
    return reason(error);
  }
}

function loud(text: string): void {
  console.warn(`\n*** ${text} ***\n`);
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
