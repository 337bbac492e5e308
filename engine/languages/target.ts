/** The machine that a program runs on. */
export interface Target {
  os: 'linux' | 'darwin' | 'win32';
  architecture: 'x64' | 'arm64';
}

/** The processors of this machine. Throws an Error on others than programs are built for. */
export function thisArchitecture(): Target['architecture'] {
  if (process.arch === 'x64' || process.arch === 'arm64') return process.arch;
  throw new Error(`units are built for x64 and arm64, and this machine is ${process.arch}`);
}

/** This machine. Throws an Error on one that programs are not built for. */
export function thisMachine(): Target {
  const { platform } = process;
  if (platform !== 'linux' && platform !== 'darwin' && platform !== 'win32')
    throw new Error(`units are built for Linux, macOS and Windows, and this machine runs ${platform}`);
  return { os: platform, architecture: thisArchitecture() };
}
