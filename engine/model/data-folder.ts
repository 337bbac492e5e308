/** What the place of a person's data depends on; `path` are the functions of `node:path` on that system. */
export interface DataFolderFacts {
  platform: string;
  environment: Readonly<Record<string, string | undefined>>;
  home: string;
  path: { isAbsolute(path: string): boolean; join(...parts: string[]): string; resolve(path: string): string };
}

/**
 * The folder of results, experiments and topologies, the same for the window and the command line. `CLEAVE_DATA_DIR` overrides it. An
 * empty variable is none, and so is a relative `XDG_DATA_HOME` (XDG Base Directory Specification) or `APPDATA`: it would be another folder
 * wherever the program is started.
 */
export function dataFolder({ platform, environment, home, path }: DataFolderFacts): string {
  const given = environment['CLEAVE_DATA_DIR'] ?? '';
  if (given !== '') return path.resolve(given);
  const base = (variable: string, ...otherwise: string[]): string => {
    const value = environment[variable] ?? '';
    return path.isAbsolute(value) ? value : path.join(home, ...otherwise);
  };
  switch (platform) {
    case 'win32':
      return path.join(base('APPDATA', 'AppData', 'Roaming'), 'cleave');
    case 'darwin':
      return path.join(home, 'Library', 'Application Support', 'cleave');
    default:
      return path.join(base('XDG_DATA_HOME', '.local', 'share'), 'cleave');
  }
}
