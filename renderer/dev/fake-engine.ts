import type { EngineStatus } from '../../engine/model/index.ts';
import type { Stage } from './stage.ts';

/** The engine as the stage wants it. */
export function fakeEngine(state: Stage['engine']): EngineStatus {
  const base = {
    name: 'Docker',
    version: '27.3.1',
    endpoint: 'unix:///var/run/docker.sock',
    problem: null,
    nextStep: null,
    checkedAtMs: Date.now(),
  };
  switch (state) {
    case 'healthy':
      return { ...base, state };
    case 'stopped':
      return {
        ...base,
        state,
        version: null,
        problem: 'Docker is installed but its service does not answer.',
        nextStep: 'Start it with: sudo systemctl start docker',
      };
    case 'missing':
      return {
        ...base,
        state,
        name: null,
        version: null,
        endpoint: null,
        problem: 'No container engine was found on this machine.',
        nextStep: 'Install Docker Engine or Podman, then press Check again.',
      };
    case 'error':
      return {
        ...base,
        state,
        version: null,
        problem: 'Docker refuses this user: permission denied on its socket',
        nextStep: 'Add yourself to the group docker and log in again.',
      };
  }
}
