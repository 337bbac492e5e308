import { readFileSync } from 'node:fs';
import path from 'node:path';
import Docker from 'dockerode';
import { EngineError } from '../errors.ts';
import { withWholeAnswers } from './whole-answers.ts';

/** Where an engine answers, in a form that other processes can be told too. */
export type Endpoint =
  | { kind: 'socket'; path: string }
  | { kind: 'http'; host: string; port: number }
  | { kind: 'https'; host: string; port: number; certificates: string };

/** This machine, however it is written: the last form is an address of the old kind within one of the new. */
const LOOPBACK = /^(?:localhost\.?|127(?:\.\d{1,3}){3}|::1|::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4})$/;
/** The only pipes of this machine; a name in the place of the dot is another machine's. */
const LOCAL_PIPE = /^\\\\[.?]\\pipe(?:\\(?!\.\.?(?:\\|$))[^\\/]+)+$/i;

/**
 * Reads an engine address as Docker writes it (`unix://`, `npipe://`, `tcp://`, or a bare path).
 * @param certificates folder with ca.pem, and with cert.pem and key.pem where the engine asks for them; null: it is asked without
 * @throws EngineError when the address is not one, or leads to another machine
 */
export function parseEndpoint(address: string, certificates: string | null = null): Endpoint {
  const text = address.trim();
  if (text.startsWith('unix://')) return socketAt(text.slice('unix://'.length), address);
  if (text.startsWith('npipe://')) return pipeAt(text.slice('npipe://'.length), address);
  if (/^[\\/]{2}/.test(text)) return pipeAt(text, address);
  if (text.startsWith('/')) return socketAt(text, address);
  if (/^(?:unix|npipe):/i.test(text))
    throw new EngineError(
      'no-engine',
      `"${address}" is not an engine's address; a socket is written unix:///path, a pipe npipe:////./pipe/name`,
    );
  const url = parseUrl(text.includes('://') ? text : `tcp://${text}`);
  const host = url?.hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase() ?? '';
  if (url === null || !['tcp:', 'http:', 'https:', 'ssh:'].includes(url.protocol) || host === '' || url.port === '0') {
    throw new EngineError(
      'no-engine',
      `"${address}" is not an engine's address; allowed: unix://, npipe:// and tcp://`,
    );
  }
  if (host === '0.0.0.0' || host === '::')
    throw new EngineError(
      'no-engine',
      `"${address}" is where an engine listens, not where one is reached; allowed: tcp://127.0.0.1 and its port`,
    );
  if (url.protocol === 'ssh:' || !LOOPBACK.test(host)) throw elsewhere(address);
  const secure = url.protocol === 'https:' || certificates !== null || url.port === '2376';
  const port = url.port === '' ? (secure ? 2376 : 2375) : Number(url.port);
  if (!secure) return { kind: 'http', host, port };
  if (certificates === null)
    throw new EngineError(
      'no-engine',
      `The engine at ${address} wants certificates; set DOCKER_TLS_VERIFY=1, and DOCKER_CERT_PATH to their folder`,
    );
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

/**
 * A client of that engine, whatever the environment variables say.
 * @param apiVersion the one it is asked in, `1.41`; null: the one that the engine takes unasked
 */
export function connect(endpoint: Endpoint, apiVersion: string | null = null): Docker {
  const version = apiVersion === null ? {} : { version: `v${apiVersion}` };
  if (endpoint.kind === 'socket') {
    return withWholeAnswers(
      new Docker({ socketPath: endpoint.path, host: undefined, port: undefined, protocol: 'http', ...version }),
    );
  }
  const { host, port } = endpoint;
  if (endpoint.kind === 'http') return withWholeAnswers(new Docker({ host, port, protocol: 'http', ...version }));
  const certificates = tlsFilesIn(endpoint.certificates);
  return withWholeAnswers(new Docker({ host, port, protocol: 'https', ...certificates, ...version }));
}

/** The authority that the engine's certificate is of, and this side's own certificate where there is one. Throws EngineError naming what is missing. */
function tlsFilesIn(folder: string): { ca: Buffer; cert?: Buffer; key?: Buffer } {
  const [ca, cert, key] = ['ca.pem', 'cert.pem', 'key.pem'].map((name) => {
    try {
      return readFileSync(path.join(folder, name));
    } catch {
      return undefined;
    }
  });
  const missing = (name: string): EngineError =>
    new EngineError(
      'no-engine',
      `The engine is to be asked with the certificates in ${folder}, where ${name} is missing`,
    );
  if (ca === undefined) throw missing('ca.pem');
  if (cert === undefined && key === undefined) return { ca };
  if (cert === undefined) throw missing('cert.pem');
  if (key === undefined) throw missing('key.pem');
  return { ca, cert, key };
}
