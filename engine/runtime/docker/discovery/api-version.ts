import { EngineError } from '../../errors.ts';

/** What an engine says of the versions of its API; null: it does not say. */
export interface SpokenVersions {
  /** The oldest that it still takes. */
  least: string | null;
  /** The newest. */
  most: string | null;
}

/** The API in which Cleave is written: the one that Docker 20.10 speaks, Podman up to 5 says it does, and all later Dockers up to 28 take. */
const preferred: Version = [1, 41];
/** Asked of older ones too: Docker 19.03, Podman 3. */
const oldest: Version = [1, 40];
/** Nothing that is used here is known to have gone or changed up to it. */
const newest: Version = [1, 54];

type Version = readonly [major: number, minor: number];

/**
 * The version that engine and Cleave both speak, nearest to the one in which Cleave is written; null: an engine that names none is asked without.
 * @throws EngineError `unsupported` where there is none
 */
export function commonVersion(spoken: SpokenVersions): string | null {
  const most = versionOf(spoken.most);
  const least = versionOf(spoken.least);
  if (least !== null && compare(least, newest) > 0)
    throw new EngineError(
      'unsupported',
      `the engine wants version ${written(least)} of the API or newer, and this Cleave speaks ${written(oldest)} to ${written(newest)}`,
      { nextStep: 'Update Cleave, or use an older engine.' },
    );
  if (most !== null && compare(most, oldest) < 0)
    throw new EngineError(
      'unsupported',
      `the engine speaks version ${written(most)} of the API at most, and this Cleave ${written(oldest)} to ${written(newest)}`,
      { nextStep: 'Update the container engine.' },
    );
  // Without its newest nobody knows what it takes, but for the oldest.
  if (most === null) return least !== null && compare(least, preferred) > 0 ? written(least) : null;
  const atMost = compare(most, preferred) < 0 ? most : preferred;
  return written(least !== null && compare(least, atMost) > 0 ? least : atMost);
}

/** Whether a version of the API, null for one that is not known, is that one or newer. */
export function isAtLeast(version: string | null, wanted: string): boolean {
  const [own, other] = [versionOf(version), versionOf(wanted)];
  return own !== null && other !== null && compare(own, other) >= 0;
}

function versionOf(text: string | null): Version | null {
  const match = /^v?(\d{1,3})\.(\d{1,3})(?:\.\d{1,3})?$/.exec(text?.trim() ?? '');
  return match === null ? null : [Number(match[1]), Number(match[2])];
}

const compare = (one: Version, other: Version): number => one[0] - other[0] || one[1] - other[1];
const written = ([major, minor]: Version): string => `${major}.${minor}`;
