import { existsSync } from 'node:fs';
import path from 'node:path';
import { shell } from 'electron';
import type { RequestArguments } from '../../engine/model/index.ts';
import { Problem } from '../host-protocol/index.ts';

const dockerInstallPage = 'https://docs.docker.com/get-started/get-docker/';

/** Opens one of the few pages the window may ask for, by name. `documentation` is the folder shipped with the program. */
export async function openLink(name: RequestArguments<'app:open-link'>[0], documentation: string): Promise<void> {
  switch (name) {
    case 'docker-install':
      return shell.openExternal(dockerInstallPage);
    case 'documentation': {
      const guide = path.join(documentation, 'user-guide.md');
      const problem = await shell.openPath(existsSync(guide) ? guide : documentation);
      if (problem !== '')
        throw new Problem('not-opened', 'The documentation could not be opened.', `It is in ${documentation}`);
    }
  }
}

/** Opens the deployed application's address in the browser; only on this machine. Throws for any other. */
export async function openLocal(url: string): Promise<void> {
  const parsed = new URL(url);
  if (parsed.protocol !== 'http:' || parsed.hostname !== '127.0.0.1')
    throw new Problem('not-opened', 'Only an address on 127.0.0.1 is opened.');
  await shell.openExternal(parsed.href);
}
