/** The functions of `node:path` on one system. */
export interface PathFunctions {
  isAbsolute(path: string): boolean;
  join(...parts: string[]): string;
  resolve(path: string): string;
}

/** What the place of a person's data depends on. */
export interface DataFolderFacts {
  platform: string;
  environment: Readonly<Record<string, string | undefined>>;
  /** Where the system's programs take the home folder to be: `HOME`, on Windows `USERPROFILE`. */
  home: string;
  /** Home folder in the system's list of accounts, for where the one above is no place; empty or absent: it has none. */
  accountHome?: string;
  path: PathFunctions;
}

/** A folder that is the same wherever the program is started. On Windows a path without a drive is on the one that happens to be current. */
export function isFixedFolder(folder: string, { platform, path }: Pick<DataFolderFacts, 'platform' | 'path'>): boolean {
  if (!path.isAbsolute(folder) || folder.includes('\0')) return false;
  return platform !== 'win32' || /^([a-z]:[\\/]|[\\/]{2}[^\\/])/i.test(folder);
}

/** A person's home folder, or undefined where neither the environment nor the account tells one that is the same from everywhere. */
export function homeFolder(facts: Omit<DataFolderFacts, 'environment'>): string | undefined {
  return [facts.home, facts.accountHome ?? ''].find((folder) => isFixedFolder(folder, facts));
}

/** A folder that a variable of Cleave's own names; a blank one names none. A relative one is meant from where the program is started. */
export function ownFolder(
  { environment, path }: Pick<DataFolderFacts, 'environment' | 'path'>,
  variable: string,
): string | undefined {
  const given = environment[variable] ?? '';
  return given.trim() === '' ? undefined : path.resolve(given);
}

/**
 * The folder of results, experiments and topologies, the same for the window and the command line, absolute. `CLEAVE_DATA_DIR` overrides it. A
 * blank variable is none, and so is a relative `XDG_DATA_HOME` (XDG Base Directory Specification), `APPDATA` or home folder: it would be another
 * folder wherever the program is started. Throws an Error in one sentence where nothing tells a place.
 */
export function dataFolder(facts: DataFolderFacts): string {
  const own = ownFolder(facts, 'CLEAVE_DATA_DIR');
  if (own !== undefined) return own;
  const { platform, path } = facts;
  switch (platform) {
    case 'win32':
      return path.join(base(facts, 'APPDATA', 'AppData', 'Roaming'), 'cleave');
    case 'darwin':
      return path.join(base(facts, null, 'Library', 'Application Support'), 'cleave');
    default:
      return path.join(base(facts, 'XDG_DATA_HOME', '.local', 'share'), 'cleave');
  }
}

function base(facts: DataFolderFacts, variable: string | null, ...otherwise: string[]): string {
  const given = variable === null ? '' : (facts.environment[variable] ?? '');
  if (isFixedFolder(given, facts)) return given;
  const home = homeFolder(facts);
  if (home === undefined)
    throw new Error(
      `there is no folder for the data: ${facts.platform === 'win32' ? 'USERPROFILE' : 'HOME'} must be an absolute path, or name one in CLEAVE_DATA_DIR`,
    );
  return facts.path.join(home, ...otherwise);
}
