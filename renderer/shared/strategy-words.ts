import type { ReplacementStrategy } from '../../engine/model/index.ts';

/** How units are replaced, for people: in few words, and in a sentence. */
export const strategyWords: Readonly<Record<ReplacementStrategy, { title: string; text: string }>> = {
  rolling: { title: 'One after another', text: 'One after another, the old one serves until the new one does' },
  recreate: { title: 'Stop and start', text: 'Stop the old one, then start the new one' },
  'blue-green': { title: 'All at once', text: 'Everything once more, then switch over' },
};
