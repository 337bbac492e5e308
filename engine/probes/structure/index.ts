import type { RunProbe } from '../run.ts';

/** Comes last in a round: nothing is measured while programs are bundled. */
export const runStructure: RunProbe = async ({ context, round, step }) => {
  const settings = context.experiment.probes.structure ?? null;
  if (settings === null) return;
  const { deployment, signal } = context;
  round.structure = await step('Look at what the units are made of', () => deployment.structure(settings, signal));
};
