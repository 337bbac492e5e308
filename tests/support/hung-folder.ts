import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmdirSync } from 'node:fs';

/** A folder on a file system that never answers, as a network share whose server is away; null where none can be mounted. */
export function mountHungFolder(folder: string): { remove(): void } | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  mkdirSync(folder);
  let fuse: number;
  try {
    fuse = openSync('/dev/fuse', 'r+');
  } catch {
    return null;
  }
  // Nobody ever reads the requests that the kernel writes to this descriptor.
  const options = 'fd=3,rootmode=40000,user_id=0,group_id=0';
  const mounted = spawnSync('mount', ['-i', '-t', 'fuse', '-o', options, 'hung', folder], {
    stdio: ['ignore', 'ignore', 'ignore', fuse],
  });
  if (mounted.status !== 0) return null;
  return {
    remove: () => {
      spawnSync('umount', ['-l', folder]);
      closeSync(fuse);
      rmdirSync(folder);
    },
  };
}
