import type { ReportProbe } from '../probe.ts';
import { HopsSection } from './section.tsx';

export const hops: ReportProbe = {
  chapters: [{ Section: HopsSection, isFilled: ({ rounds }) => rounds.some((round) => round.hops !== null) }],
};
