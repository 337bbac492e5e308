import http from 'node:http';

/** What `http.request` needs to reach an engine. */
export type EngineAddress = { socketPath: string } | { host: string; port: number };

const PING_TIME_LIMIT_MS = 2_000;

/** Reads a DOCKER_HOST value. Undefined for schemes that a plain request cannot reach (ssh, npipe) and for nonsense. */
export function parseDockerHost(dockerHost: string): EngineAddress | undefined {
  if (dockerHost.startsWith('unix://')) {
    const socketPath = dockerHost.slice('unix://'.length);
    return socketPath === '' ? undefined : { socketPath };
  }
  const asHttp = dockerHost.replace(/^tcp:/, 'http:');
  if (!asHttp.startsWith('http://') || !URL.canParse(asHttp)) return undefined;
  const url = new URL(asHttp);
  return { host: url.hostname, port: url.port === '' ? 2375 : Number(url.port) };
}

/** Whether an engine at `dockerHost` answers `/_ping` with 200 within two seconds. Never rejects. */
export function engineAnswers(dockerHost: string): Promise<boolean> {
  const address = parseDockerHost(dockerHost);
  if (address === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    const request = http.get({ ...address, path: '/_ping', timeout: PING_TIME_LIMIT_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('timeout', () => {
      request.destroy();
      resolve(false);
    });
    request.once('error', () => resolve(false));
  });
}
