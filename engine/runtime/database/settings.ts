const MEBIBYTE = 2 ** 20;
const LEAST_BUFFERS_BYTES = 8 * MEBIBYTE;
const MOST_BUFFERS_BYTES = 128 * MEBIBYTE;

/** What a server is given. */
export interface DatabaseLimits {
  memoryBytes: number;
  /** Connections that it takes from the application, beside those it keeps for itself. */
  connections: number;
}

/** Kept by PostgreSQL for its superuser. */
const RESERVED = 3;

/**
 * The server's arguments. Every commit is written to the log before it is acknowledged (`synchronous_commit`), and survives the end of every process; nothing is forced to the disk
 * (`fsync`), for the machine is not what fails here. No parallel queries and no helpers that a small server does not need: what it uses is what its clients ask for.
 */
export function serverArguments(listen: { host: string; port: number }, limits: DatabaseLimits): string[] {
  const buffers = Math.min(MOST_BUFFERS_BYTES, Math.max(LEAST_BUFFERS_BYTES, Math.floor(limits.memoryBytes / 8)));
  const settings: Record<string, string | number> = {
    listen_addresses: listen.host,
    port: listen.port,
    unix_socket_directories: '',
    max_connections: limits.connections + RESERVED,
    shared_buffers: `${Math.floor(buffers / 1024)}kB`,
    synchronous_commit: 'on',
    fsync: 'off',
    full_page_writes: 'off',
    huge_pages: 'off',
    io_method: 'sync',
    jit: 'off',
    max_parallel_workers_per_gather: 0,
    max_parallel_maintenance_workers: 0,
    log_timezone: 'UTC',
    timezone: 'UTC',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
