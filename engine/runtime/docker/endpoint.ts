import { readFileSync } from 'node:fs';
import path from 'node:path';
import Docker from 'dockerode';
import { EngineError } from '../errors.ts';

/** Where an engine answers, in a form that other processes can be told too. */
export type Endpoint =
  | { kind: 'socket'; path: string }
  | { kind: 'http'; host: string; port: number }
  | { kind: 'https'; host: string; port: number; certificates: string };

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1']);
/** The only pipes of this machine; a name in the place of the dot is another machine's. */
const LOCAL_PIPE = /^\\\\[.?]\\pipe(?:\\(?!\.\.?(?:\\|$))[^\\/]+)+$/i;

/**
 * Reads an engine address as Docker writes it (`unix://`, `npipe://`, `tcp://`, or a bare path).
 * @param certificates folder with ca.pem, cert.pem and key.pem, where the engine asks for them
 * @throws EngineError when the address is not one, or leads to another machine
 */
export function parseEndpoint(address: string, certificates: string | null = null): Endpoint {
  const text = address.trim();
  if (text.startsWith('unix://')) return socketAt(text.slice('unix://'.length), address);
  if (text.startsWith('npipe://')) return pipeAt(text.slice('npipe://'.length), address);
  if (/^[\\/]{2}/.test(text)) return pipeAt(text, address);
  if (text.startsWith('/')) return socketAt(text, address);
  const url = parseUrl(text.includes('://') ? text : `tcp://${text}`);
  const host = url?.hostname.replace(/^\[(.*)\]$/, '$1') ?? '';
  if (url === null || !['tcp:', 'http:', 'https:', 'ssh:'].includes(url.protocol) || host === '') {
    throw new EngineError(
      'no-engine',
      `"${address}" is not an engine's address; allowed: unix://, npipe:// and tcp://`,
    );
  }
  if (url.protocol === 'ssh:' || !LOOPBACK.has(host)) throw elsewhere(address);
  const secure = url.protocol === 'https:' || certificates !== null || url.port === '2376';
  const port = url.port === '' ? (secure ? 2376 : 2375) : Number(url.port);
  if (!secure) return { kind: 'http', host, port };
  if (certificates === null)
    throw new EngineError('no-engine', `The engine at ${address} wants certificates; set DOCKER_CERT_PATH`);
  return { kind: 'https', host, port, certificates };
}

/** A path below the root of this machine; two slashes begin a path on another one where shares are named so. */
function socketAt(socket: string, address: string): Endpoint {
  if (/^[\\/]{2}/.test(socket)) throw elsewhere(address);
  if (!socket.startsWith('/'))
    throw new EngineError('no-engine', `"${address}" is not an engine's address; a socket is given by its whole path`);
  return { kind: 'socket', path: socket };
}

function pipeAt(pipe: string, address: string): Endpoint {
  const local = pipe.replaceAll('/', '\\');
  if (!LOCAL_PIPE.test(local)) throw elsewhere(address);
  return { kind: 'socket', path: local };
}

function elsewhere(address: string): EngineError {
  return new EngineError(
    'no-engine',
    `The engine at ${address} is on another machine; Cleave measures on this one only`,
    { nextStep: 'Choose a local engine (unset DOCKER_HOST, or "docker context use default").' },
  );
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** The address as a person would write it into DOCKER_HOST. */
export function formatEndpoint(endpoint: Endpoint): string {
  if (endpoint.kind === 'socket')
    return endpoint.path.startsWith('\\\\')
      ? `npipe://${endpoint.path.replaceAll('\\', '/')}`
      : `unix://${endpoint.path}`;
  return `tcp://${endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host}:${endpoint.port}`;
}

/** A client of that engine, whatever the environment variables say. */
export function connect(endpoint: Endpoint): Docker {
  if (endpoint.kind === 'socket') {
    return new Docker({ socketPath: endpoint.path, host: undefined, port: undefined, protocol: 'http' });
  }
  if (endpoint.kind === 'http') return new Docker({ host: endpoint.host, port: endpoint.port, protocol: 'http' });
  const { certificates, host, port } = endpoint;
  const file = (name: string): Buffer => readFileSync(path.join(certificates, name));
  return new Docker({
    host,
    port,
    protocol: 'https',
    ca: file('ca.pem'),
    cert: file('cert.pem'),
    key: file('key.pem'),
  });
}
