import type { ReleaseByHand, ReplacementStrategy } from '../../engine/model/index.ts';
import { ask } from '../shared/bridge.ts';
import { closeNote } from '../shared/notes.ts';
import { attempt } from '../shared/problem.ts';

const failed: Readonly<Record<ReleaseByHand['kind'], string>> = {
  release: 'The change could not be released',
  'take-back': 'The change could not be taken back',
};

/** Releases a change; what keeps it from being done is shown below the page. */
export async function releaseByHand(change: string, strategy: ReplacementStrategy): Promise<void> {
  await perform('release', () => ask('explore:release', change, strategy));
}

/** Takes back what is released. */
export async function takeBackByHand(): Promise<void> {
  await perform('take-back', () => ask('explore:take-back'));
}

export async function cancelByHand(): Promise<void> {
  await attempt('The release could not be cancelled', () => ask('explore:cancel-release'));
}

async function perform(kind: ReleaseByHand['kind'], request: () => Promise<void>): Promise<void> {
  // What failed before is of another release.
  for (const title of Object.values(failed)) closeNote(title);
  await attempt(failed[kind], request);
}
