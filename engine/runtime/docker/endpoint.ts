import { readFileSync } from 'node:fs';
import path from 'node:path';
import Docker from 'dockerode';
import { EngineError } from '../errors.ts';

/** Where an engine answers, in a form that other processes can be told too. */
export type Endpoint =
  | { kind: 'socket'; path: string }
  | { kind: 'http'; host: string; port: number }
  | { kind: 'https'; host: string; port: number; certificates: string };

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/**
 * Reads an engine address as Docker writes it (`unix://`, `npipe://`, `tcp://`, or a bare path).
 * @param certificates folder with ca.pem, cert.pem and key.pem, where the engine asks for them
 * @throws EngineError when the address is not one, or leads to another machine
 */
export function parseEndpoint(address: string, certificates: string | null = null): Endpoint {
  const text = address.trim();
  if (text.startsWith('unix://')) return { kind: 'socket', path: text.slice('unix://'.length) };
  if (text.startsWith('npipe://')) return { kind: 'socket', path: text.slice('npipe://'.length).replaceAll('/', '\\') };
  if (text.startsWith('/') || text.startsWith('\\\\')) return { kind: 'socket', path: text };
  const url = parseUrl(text.includes('://') ? text : `tcp://${text}`);
  if (url === null || !['tcp:', 'http:', 'https:', 'ssh:'].includes(url.protocol) || url.hostname === '') {
    throw new EngineError(
      'no-engine',
      `"${address}" is not an engine's address; allowed: unix://, npipe:// and tcp://`,
    );
  }
  if (url.protocol === 'ssh:' || !LOOPBACK.has(url.hostname)) {
    throw new EngineError(
      'no-engine',
      `The engine at ${address} is on another machine; Cleave measures on this one only`,
      {
        nextStep: 'Choose a local engine (unset DOCKER_HOST, or "docker context use default").',
      },
    );
  }
  const secure = url.protocol === 'https:' || certificates !== null || url.port === '2376';
  const port = url.port === '' ? (secure ? 2376 : 2375) : Number(url.port);
  if (!secure) return { kind: 'http', host: url.hostname, port };
  if (certificates === null)
    throw new EngineError('no-engine', `The engine at ${address} wants certificates; set DOCKER_CERT_PATH`);
  return { kind: 'https', host: url.hostname, port, certificates };
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
  return `tcp://${endpoint.host}:${endpoint.port}`;
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
