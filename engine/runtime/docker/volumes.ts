import type Docker from 'dockerode';
import { LIMIT_MS, engineCall } from './call.ts';

/** Creates a plain local volume. Before the container, for not every engine labels a volume that comes about with one. */
export async function createVolume(docker: Docker, name: string, labels: Record<string, string>): Promise<void> {
  await engineCall(`Creating the volume ${name}`, LIMIT_MS.change, undefined, (abortSignal) =>
    docker.createVolume({ Name: name, Driver: 'local', Labels: labels, abortSignal }),
  );
}
