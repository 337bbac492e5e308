/** What the reaper is told when it is started. */
export interface ReaperOrder {
  /** Where the container engine answers; null: nothing runs there. */
  engine: { socketPath: string } | { host: string; port: number; certificates: string | null } | null;
  /** Labels (`key=value`) that a thing must all carry to be removed. */
  labels: string[];
  /** The label that an image without a name must carry to be removed. */
  imageLabel: string;
  /**
   * The process runtime's sites: the folder with their records, whose records count, and the folder in which their own folders lie; nothing outside
   * it is removed, whatever a record says.
   */
  sites: { records: string; lease: string; folders: string } | null;
  /** How long it tries, and how long it waits between two looks, ms. */
  patienceMs: number;
  intervalMs: number;
  /** It looks at least as long, ms: a build that is cut off leaves its image only when its step has ended. */
  leastMs: number;
}

/**
 * The reaper's whole program. It is started from the text of this function in a process of its own, so it may use nothing from outside its
 * braces: it must work when the files of the application are packed, moved or gone.
 */
export function reaperProgram(order: ReaperOrder): void {
  const fs = process.getBuiltinModule('node:fs');
  const path = process.getBuiltinModule('node:path');
  const http = process.getBuiltinModule('node:http');
  const https = process.getBuiltinModule('node:https');
  const children = process.getBuiltinModule('node:child_process');
  const MOST_RECORD_BYTES = 1_000_000;

  const field = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  const text = (value: unknown, key: string): string => {
    const found = field(value, key);
    return typeof found === 'string' ? found : '';
  };

  /** What the engine says, when it says that all is well; any other answer is none: an engine that starts says 503 to everything. */
  const ask = (method: string, url: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const { engine } = order;
      if (engine === null) {
        resolve([]);
        return;
      }
      const certificates = 'certificates' in engine ? engine.certificates : null;
      const file = (name: string): Buffer | undefined => {
        const place = path.join(certificates ?? '', name);
        return certificates === null || !fs.existsSync(place) ? undefined : fs.readFileSync(place);
      };
      const place =
        'socketPath' in engine ? { socketPath: engine.socketPath } : { host: engine.host, port: engine.port };
      const tls = certificates === null ? {} : { ca: file('ca.pem'), cert: file('cert.pem'), key: file('key.pem') };
      const request = (certificates === null ? http : https).request(
        { ...place, ...tls, method, path: url, timeout: 30_000 },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const status = response.statusCode ?? 0;
            if (status < 200 || status > 299) {
              reject(new Error(`status ${status}`));
              return;
            }
            try {
              resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')));
            } catch {
              resolve(null);
            }
          });
        },
      );
      request.on('timeout', () => request.destroy(new Error('timeout')));
      request.on('error', reject);
      request.end();
    });

  const list = async (url: string, key: 'Id' | 'Name', inside?: string, more = {}): Promise<string[]> => {
    const filters = encodeURIComponent(JSON.stringify({ label: order.labels, ...more }));
    let answer = await ask('GET', `${url}${url.includes('?') ? '&' : '?'}filters=${filters}`);
    if (inside !== undefined) answer = field(answer, inside);
    // Some engines say null for an empty list.
    if (answer === null && inside !== undefined) return [];
    if (!Array.isArray(answer)) throw new Error('not a list');
    return answer.map((item) => text(item, key)).filter((id) => id !== '');
  };

  /** Removes what is there now; gives how many things it found. */
  const reapEngine = async (): Promise<number> => {
    if (order.engine === null || order.labels.length === 0) return 0;
    const containers = await list('/containers/json?all=true', 'Id');
    await Promise.allSettled(containers.map((id) => ask('DELETE', `/containers/${id}?force=true&v=true`)));
    const networks = await list('/networks', 'Id');
    await Promise.allSettled(networks.map((id) => ask('DELETE', `/networks/${id}`)));
    const volumes = await list('/volumes', 'Name', 'Volumes');
    await Promise.allSettled(volumes.map((name) => ask('DELETE', `/volumes/${encodeURIComponent(name)}`)));
    // A build that was cut off leaves an image without a name; what has one is the warm cache.
    const images = await list('/images/json', 'Id', undefined, { label: [order.imageLabel], dangling: ['true'] });
    await Promise.allSettled(images.map((id) => ask('DELETE', `/images/${id}`)));
    return containers.length + networks.length + volumes.length + images.length;
  };

  /** A process with this number may be a later one: where the system tells, its start must be the recorded one. */
  const isSame = (pid: number, started: string, directory: string): boolean => {
    if (process.platform !== 'linux') return true;
    try {
      // Its start was not noted in time: then its arguments must lie in the site's folder, which nobody else knows.
      if (started === '')
        return directory !== '' && fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(directory);
      const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
      return started === stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    } catch {
      // The leader is gone; its group, if any is left, still has the number to itself.
      return true;
    }
  };

  /** The folder of that site, links on the way followed; null when the record names any other. */
  const folderOf = (siteId: string, recorded: string, folders: string): string | null => {
    try {
      if (!/^[0-9a-f]{8}$/.test(siteId) || path.basename(recorded) !== siteId) return null;
      if (fs.lstatSync(folders).isSymbolicLink()) return null;
      const parent = fs.realpathSync(folders);
      return fs.realpathSync(path.dirname(recorded)) === parent ? path.join(parent, siteId) : null;
    } catch {
      return null;
    }
  };

  /** The folder of that site's servers of the store, wherever it lies; null when the record names any other or none. */
  const homeOf = (siteId: string, recorded: string): string | null => {
    try {
      const named = /^[0-9a-f]{8}$/.test(siteId) && path.basename(recorded) === `cleave-site-${siteId}`;
      return named && fs.realpathSync(recorded) === recorded ? recorded : null;
    } catch {
      return null;
    }
  };

  /** Ends what works in a folder of the site: a server's processes lead sessions of their own. */
  const endWorkersIn = (folder: string): void => {
    if (process.platform !== 'linux') return;
    for (const name of fs.readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      try {
        const place = fs.readlinkSync(`/proc/${name}/cwd`).replace(/ \(deleted\)$/, '');
        if (place === folder || place.startsWith(folder + path.sep)) process.kill(Number(name), 'SIGKILL');
      } catch {
        // It has ended, or is somebody else's.
      }
    }
  };

  /** Takes away the shared memory of servers that were ended, as their own user, who can take away nobody else's. */
  const removeSharedMemoryIn = (home: string): void => {
    const places = [home, path.join(home, 'databases')].filter((folder) => fs.existsSync(folder));
    for (const folder of places) {
      for (const name of fs.readdirSync(folder)) {
        try {
          const file = path.join(folder, name, 'data', 'postmaster.pid');
          const [, number] = /^\s*\d+\s+(\d+)\s*$/.exec(fs.readFileSync(file, 'utf8').split('\n')[6] ?? '') ?? [];
          const { uid, gid } = fs.statSync(path.dirname(file));
          if (number === undefined) continue;
          const as = process.getuid?.() === 0 ? { uid, gid } : {};
          children.spawnSync('ipcrm', ['-m', number], { stdio: 'ignore', timeout: 5000, ...as });
        } catch {
          // No server, or one that took it along.
        }
      }
    }
  };

  const reapSites = (): number => {
    const { sites } = order;
    if (sites === null || !fs.existsSync(sites.records)) return 0;
    let found = 0;
    for (const name of fs.readdirSync(sites.records)) {
      const record = path.join(sites.records, name);
      try {
        const facts = fs.lstatSync(record);
        if (!facts.isFile() || facts.size > MOST_RECORD_BYTES) continue;
        const site: unknown = JSON.parse(fs.readFileSync(record, 'utf8'));
        if (text(site, 'lease') !== sites.lease) continue;
        found += 1;
        const processes = field(site, 'processes');
        for (const entry of Array.isArray(processes) ? processes : []) {
          const pid = Number(field(entry, 'pid'));
          if (!(pid > 1) || !isSame(pid, text(entry, 'started'), text(site, 'directory'))) continue;
          try {
            process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
          } catch {
            // It has ended.
          }
        }
        const directory = folderOf(name.replace(/\.json$/, ''), text(site, 'directory'), sites.folders);
        const home = homeOf(name.replace(/\.json$/, ''), text(site, 'home'));
        for (const folder of [directory, home]) {
          if (folder === null) continue;
          endWorkersIn(folder);
          removeSharedMemoryIn(folder);
          fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
        }
        fs.rmSync(record, { force: true });
      } catch {
        // Half-written or being removed: the next look decides.
      }
    }
    return found;
  };

  const reap = async (): Promise<void> => {
    const beganMs = Date.now();
    const endMs = beganMs + order.patienceMs;
    let emptyLooks = 0;
    // A create that was under way when the owner died appears a little later: only two empty looks in a row are the end.
    while ((emptyLooks < 2 || Date.now() < beganMs + order.leastMs) && Date.now() < endMs) {
      let found = reapSites();
      try {
        found += await reapEngine();
      } catch {
        found += 1;
      }
      emptyLooks = found === 0 ? emptyLooks + 1 : 0;
      // What may still come is rare, and others may be measuring by then.
      const intervalMs = emptyLooks < 2 ? order.intervalMs : order.intervalMs * 5;
      await new Promise((resolve) => setTimeout(resolve, intervalMs));
    }
    process.exit(0);
  };

  for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(signal, () => {});
  let begun = false;
  const begin = (): void => {
    if (begun) return;
    begun = true;
    void reap();
  };
  process.stdin.on('data', (chunk: Buffer) => {
    if (chunk.toString('utf8').includes('done')) process.exit(0);
  });
  process.stdin.on('end', begin);
  process.stdin.on('close', begin);
  process.stdin.on('error', begin);
}
