import type { EngineErrorKind } from '../errors.ts';

/** What engines of all kinds and platforms call one thing, and what it means for people. */
interface EngineWords {
  said: RegExp;
  kind: EngineErrorKind;
  problem: string;
  nextStep: string;
}

/** Docker on Linux, Docker Desktop on macOS and Windows (which has two ways to say that a port is taken), Podman with and without root. */
export const engineWords: readonly EngineWords[] = [
  {
    said: /no space left on device|disk quota exceeded|there is not enough space on the disk/i,
    kind: 'disk-full',
    problem: "the engine's disk is full",
    nextStep: 'Free space on the disk of the container engine.',
  },
  {
    said: /port is already allocated|address already in use|ports are not available|only one usage of each socket address|forbidden by its access permissions/i,
    kind: 'port-taken',
    problem: 'a port it needs on this machine is taken',
    nextStep: 'Choose another port.',
  },
  {
    said: /expose privileged port|permission denied.*\bbind\b|\bbind\b.*permission denied/i,
    kind: 'port-taken',
    problem: 'the engine may not open a port below 1024 on this machine',
    nextStep: 'Choose a port from 1024 on.',
  },
  {
    said: /non-overlapping IPv4 address pool|predefined address pools have been fully subnetted|could not find (?:a )?free subnet|subnet pool.*exhausted/i,
    kind: 'engine',
    problem: 'the engine has no addresses left for another network',
    nextStep: 'Remove networks that nobody uses, with "docker network prune".',
  },
  {
    said: /client version [\d.]+ is too old/i,
    kind: 'engine',
    problem: 'the engine is newer than this Cleave can talk to',
    nextStep: 'Update Cleave, or use an older engine.',
  },
  {
    said: /client version [\d.]+ is too new/i,
    kind: 'engine',
    problem: 'the engine is older than this Cleave can talk to',
    nextStep: 'Update the container engine.',
  },
  {
    said: /container-init binary not found|stat .*catatonit/i,
    kind: 'engine',
    problem: 'the engine lacks its init program',
    nextStep: 'Install the package "catatonit" beside Podman.',
  },
];
