import os from 'node:os';
import path from 'node:path';
import { dataFolder, homeFolder, isFixedFolder, ownFolder } from '../model/index.ts';

/** Where this program keeps what it keeps. */
export interface DataFolders {
  data: string;
  state: string;
  work: string;
}

/**
 * The folders of this person on this machine, for the window and the command line alike: `CLEAVE_DATA_DIR` overrides the folder of results, experiments
 * and topologies, `CLEAVE_WORK_DIR` the scratch folder, which lies in it otherwise. Throws an Error in one sentence where nothing tells a place.
 */
export function dataFolders(): DataFolders {
  const facts = factsHere();
  const data = dataFolder(facts);
  return {
    data,
    state: path.join(data, 'state'),
    work: ownFolder(facts, 'CLEAVE_WORK_DIR') ?? path.join(data, 'work'),
  };
}

/** The folder that a variable of Cleave's own names, absolute; undefined where it is blank or missing. */
export function folderOfVariable(variable: string): string | undefined {
  return ownFolder(factsHere(), variable);
}

/** This person's home folder; empty where nothing tells one that is the same from everywhere. */
export function homeHere(): string {
  return homeFolder(factsHere()) ?? '';
}

/** The folder for what is soon gone. A variable that names a relative one would leave things wherever the program is started. */
export function temporaryFolder(): string {
  const given = os.tmpdir();
  if (isFixedFolder(given, { platform: process.platform, path })) return given;
  return process.platform === 'win32' ? path.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'Temp') : '/tmp';
}

function factsHere() {
  return {
    platform: process.platform,
    environment: process.env,
    home: os.homedir(),
    accountHome: accountHome(),
    path,
  };
}

function accountHome(): string {
  try {
    return os.userInfo().homedir;
  } catch {
    // An account that the system does not list, as containers have it.
    return '';
  }
}
