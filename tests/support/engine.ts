import { describe, inject } from 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    /** DOCKER_HOST of the container engine that answered when the tests began; empty if none did. */
    dockerHost: string;
  }
}

/** DOCKER_HOST of the engine that tests use. Throws where none answers: call it only inside `describeWithEngine`. */
export function testDockerHost(): string {
  const dockerHost = inject('dockerHost');
  if (!dockerHost) throw new Error('No Docker engine answers.');
  return dockerHost;
}

/** Like `describe`, for tests that need a Docker engine: skipped where none answers (where CI is set, the whole run fails). */
export function describeWithEngine(name: string, suite: () => void): void {
  describe.skipIf(!inject('dockerHost'))(name, suite);
}
