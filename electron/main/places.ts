import os from 'node:os';
import path from 'node:path';
import { app } from 'electron';
import { dataFolder } from '../../engine/model/index.ts';

/** Where this program's own files and the person's data are. */
export interface Places {
  /** Built renderer, preload and engine host. */
  out: string;
  /** Applications, the agent program, tools and a Node binary for units. */
  lab: { applications: string; agentProgram: string; node: string; esbuild: string };
  /** Settings and window state. */
  profile: string;
  defaultData: string;
  logs: string;
  documentation: string;
  state: string;
  work: string;
}

/**
 * Applies `--user-data-dir` and lays out the folders. Call before `app` is ready.
 * `CLEAVE_DATA_DIR` overrides the folder of results, experiments and topologies, `CLEAVE_WORK_DIR` the scratch folder, which lies in it otherwise.
 */
export function layOutPlaces(): Places {
  const given = app.commandLine.getSwitchValue('user-data-dir');
  if (given !== '') app.setPath('userData', path.resolve(given));
  const profile = app.getPath('userData');
  const logs = path.join(profile, 'logs');
  app.setAppLogsPath(logs);
  const defaultData = dataFolder({ platform: process.platform, environment: process.env, home: os.homedir(), path });
  const workFromEnvironment = process.env['CLEAVE_WORK_DIR'] ?? '';
  return {
    out: path.join(app.getAppPath(), 'out'),
    lab: labPlaces(),
    profile,
    defaultData,
    logs,
    documentation: path.join(app.isPackaged ? process.resourcesPath : app.getAppPath(), 'docs'),
    state: path.join(defaultData, 'state'),
    work: workFromEnvironment === '' ? path.join(defaultData, 'work') : path.resolve(workFromEnvironment),
  };
}

function labPlaces(): Places['lab'] {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  if (app.isPackaged) {
    const lab = path.join(process.resourcesPath, 'lab');
    return {
      applications: path.join(lab, 'sample-apps'),
      agentProgram: path.join(lab, 'agent.mjs'),
      node: path.join(lab, 'bin', `node${suffix}`),
      esbuild: path.join(lab, 'bin', `esbuild${suffix}`),
    };
  }
  const root = app.getAppPath();
  return {
    applications: path.join(root, 'sample-apps'),
    agentProgram: path.join(root, 'out', 'lab', 'agent.mjs'),
    node: path.join(root, 'node_modules', 'node', 'bin', `node${suffix}`),
    esbuild: path.join(
      root,
      'node_modules',
      '@esbuild',
      `${process.platform}-${process.arch}`,
      suffix === '' ? 'bin/esbuild' : 'esbuild.exe',
    ),
  };
}
