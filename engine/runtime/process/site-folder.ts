import { realpath, rm } from 'node:fs/promises';
import path from 'node:path';

/** Where the folders of all sites lie. */
export function sitesFolder(workDir: string): string {
  return path.join(workDir, 'sites');
}

export function siteFolder(workDir: string, siteId: string): string {
  return path.join(sitesFolder(workDir), siteId);
}

/** Removes a site's folder with everything in it; links in it go, what they lead to stays. Fine if it is gone. */
export async function removeSiteFolder(workDir: string, siteId: string): Promise<void> {
  await rm(siteFolder(workDir, siteId), { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

/**
 * Whether a recorded folder is the one that this site has in this work folder, wherever links on the way lead. Anybody who can write a record
 * could name any other.
 */
export async function isSiteFolder(workDir: string, siteId: string, recorded: string): Promise<boolean> {
  if (!/^[0-9a-f]{8}$/.test(siteId) || path.basename(recorded) !== siteId) return false;
  try {
    return (await realpath(path.dirname(recorded))) === sitesFolder(await realpath(workDir));
  } catch {
    // No such folder: there is nothing to remove either.
    return false;
  }
}
