import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { canInstallDebianPackages, installDebianPackages } from './debian/packages.ts';
import { engineAnswers } from './docker-engine/address.ts';
import { daemonPaths, removeLeftovers, startDaemon, stopDaemon } from './docker-engine/daemon.ts';
import { findAnsweringEngine } from './docker-engine/find.ts';

const USAGE = `Usage: node scripts/engine.ts start|stop|status [--dir FOLDER]

start   makes a Docker engine answer (on Debian, as root: installs and starts one) and prints DOCKER_HOST=... last
stop    stops the engine that start put into FOLDER and deletes its data
status  says whether an engine answers; exit code 1 if not`;

const DEBIAN_PACKAGES = ['docker.io', 'iptables'];

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { dir: { type: 'string' } } });
  const paths = daemonPaths(values.dir ?? path.join(os.tmpdir(), `cleave-engine-${os.userInfo().uid}`));
  const own = `unix://${paths.socket}`;

  switch (positionals[0]) {
    case 'start': {
      const answering = await findAnsweringEngine(own);
      if (answering !== undefined) return announce(answering, 'A Docker engine answers already.');
      if (!(await canInstallDebianPackages())) {
        throw new Error(
          'No Docker engine answers. This script can start one only on Debian as root; start yours and set DOCKER_HOST.',
        );
      }
      const installed = await installDebianPackages(DEBIAN_PACKAGES);
      if (installed.length > 0) console.log(`Installed ${installed.join(', ')}.`);
      await startDaemon(paths);
      return announce(own, `Started a Docker engine in ${paths.dir}.`);
    }
    case 'stop': {
      const stopped = await stopDaemon(paths);
      if (stopped) await removeLeftovers(paths, [paths.dataRoot, paths.execRoot]);
      console.log(stopped ? `Stopped the engine in ${paths.dir}.` : `No engine of ours runs in ${paths.dir}.`);
      return 0;
    }
    case 'status': {
      const answering = await findAnsweringEngine(own);
      if (answering !== undefined) return announce(answering, 'A Docker engine answers.');
      console.log('No Docker engine answers.');
      return 1;
    }
    default:
      console.error(USAGE);
      return 2;
  }
}

async function announce(dockerHost: string, sentence: string): Promise<number> {
  if (!(await engineAnswers(dockerHost))) throw new Error(`The engine at ${dockerHost} stopped answering.`);
  console.log(sentence);
  console.log(`DOCKER_HOST=${dockerHost}`);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
