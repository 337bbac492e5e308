import type { ReportProbe } from '../probe.ts';
import { RedeploymentSection } from './section.tsx';

export const redeployment: ReportProbe = {
  chapters: [
    {
      Section: RedeploymentSection,
      isFilled: ({ rounds }) => rounds.some((round) => (round.redeployment ?? []).length > 0),
    },
  ],
};
